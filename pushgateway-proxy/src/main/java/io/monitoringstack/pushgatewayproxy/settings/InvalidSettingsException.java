package io.monitoringstack.pushgatewayproxy.settings;

/**
 * A settings file that cannot be taken. Its text quotes nothing that may be a secret.
 */
public final class InvalidSettingsException extends RuntimeException {

	/** For what no line is to blame for. */
	static final int NO_LINE = 0;

	private static final long serialVersionUID = 1L;

	private final int line;

	/**
	 * Creates the exception.
	 * @param line number of the line at fault
	 * @param text what is wrong and what to write instead
	 */
	public InvalidSettingsException(int line, String text) {
		super(text);
		this.line = line;
	}

	int line() {
		return this.line;
	}

	/**
	 * What is wrong, with the place.
	 * @param file how to call the file
	 * @return one sentence or two
	 */
	String sentence(String file) {
		return file + ((this.line > NO_LINE) ? ", line " + this.line : "") + ": " + getMessage();
	}

	InvalidSettingsException in(String file) {
		return new InvalidSettingsException(NO_LINE, sentence(file));
	}

}
