package io.monitoringstack.doorayadapter.message;

/**
 * A template cannot be used. The text says where and why, and holds nothing of an alert.
 */
public final class TemplateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public TemplateException(String message) {
		super(message, null, false, false);
	}

	/**
	 * Says where and why.
	 * @return the sentence
	 */
	public String sentence() {
		return String.valueOf(getMessage());
	}

}
