package io.monitoringstack.doorayadapter.template;

import java.io.Writer;

/**
 * Keeps the beginning of what is written, and ends the writing when that is enough.
 */
final class BoundedWriter extends Writer {

	/** More than any text of a message may have. */
	static final int MOST = 20_000;

	private final StringBuilder text = new StringBuilder();

	@Override
	public void write(char[] characters, int from, int length) {
		this.text.append(characters, from, Math.min(length, MOST - this.text.length()));
		if (this.text.length() >= MOST) {
			throw new FullException();
		}
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

	/**
	 * There is enough.
	 */
	static final class FullException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		FullException() {
			super("full", null, false, false);
		}

	}

}
