package io.monitoringstack.doorayadapter.dooray;

/**
 * The file of further certificate authorities cannot be used.
 */
final class InvalidCaException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String sentence;

	InvalidCaException(String sentence) {
		super(sentence);
		this.sentence = sentence;
	}

	String sentence() {
		return this.sentence;
	}

}
