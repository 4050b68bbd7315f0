package io.monitoringstack.doorayadapter.dooray;

/**
 * A hook's URL cannot be used. Names where it is set, never the URL.
 */
final class InvalidHookException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String sentence;

	InvalidHookException(String sentence) {
		super(sentence);
		this.sentence = sentence;
	}

	String sentence() {
		return this.sentence;
	}

}
