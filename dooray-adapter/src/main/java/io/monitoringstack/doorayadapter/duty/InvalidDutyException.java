package io.monitoringstack.doorayadapter.duty;

/**
 * The table cannot be used.
 */
final class InvalidDutyException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String sentence;

	InvalidDutyException(String sentence) {
		super(sentence);
		this.sentence = sentence;
	}

	String sentence() {
		return this.sentence;
	}

}
