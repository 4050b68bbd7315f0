package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * Reads a JSON body of any size in little memory: ends it at a limit, and drops what a
 * string has beyond a length that no message could show. Bytes that are not UTF-8 become
 * replacement characters.
 */
final class BodyReader extends Reader {

	/** Longest string passed on, in characters. The JSON parser refuses longer names. */
	static final int MAX_STRING = 8192;

	private static final int HEAD_LENGTH = 200;

	private final CountingStream bytes;

	private final Reader reader;

	private final StringBuilder head = new StringBuilder(HEAD_LENGTH);

	private boolean started;

	private boolean inString;

	private int stringLength;

	/** Characters still to pass of an escape sequence begun. */
	private int escape;

	private boolean dropEscape;

	BodyReader(InputStream body, long maxBytes) {
		this.bytes = new CountingStream(body, maxBytes);
		this.reader = new InputStreamReader(this.bytes, StandardCharsets.UTF_8);
	}

	@Override
	public int read(char[] buffer, int offset, int length) throws IOException {
		// Virtual threads share few carriers and give them up only when they wait:
		// without this
		// some large bodies would hold up every other request for as long as they are
		// read.
		Thread.yield();
		int kept = 0;
		while (kept == 0) {
			int read = this.reader.read(buffer, offset, length);
			if (read < 0) {
				return -1;
			}
			for (int i = offset; i < offset + read; i++) {
				if (keep(buffer[i])) {
					buffer[offset + kept++] = buffer[i];
				}
			}
		}
		return kept;
	}

	private boolean keep(char c) {
		if (!this.started) {
			this.started = true;
			if (c == '\uFEFF') {
				return false;
			}
		}
		if (this.head.length() < HEAD_LENGTH) {
			this.head.append(c);
		}
		if (!this.inString) {
			if (c == '"') {
				this.inString = true;
				this.stringLength = 0;
			}
			return true;
		}
		return keepInString(c);
	}

	private boolean keepInString(char c) {
		if (this.escape > 0) {
			// The letter after the backslash tells how long the sequence is.
			this.escape = (this.escape == 5 && c != 'u') ? 0 : this.escape - 1;
			return !this.dropEscape;
		}
		boolean drop = this.stringLength >= MAX_STRING && !Character.isLowSurrogate(c);
		if (c == '\\') {
			this.escape = 5;
			this.dropEscape = drop;
			this.stringLength++;
			return !drop;
		}
		if (c == '"') {
			this.inString = false;
			return true;
		}
		this.stringLength++;
		return !drop && this.stringLength <= MAX_STRING + 1;
	}

	// Returns whether the body is longer than the limit.
	boolean cutShort() {
		return this.bytes.limitReached();
	}

	// Returns the first characters read.
	String head() {
		return this.head.toString();
	}

	// Reads on to the end of the body and forgets it. A sender that is still writing
	// would
	// not see the answer.
	void skipRest(long maxBytes) throws IOException {
		this.bytes.skipRest(maxBytes);
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

	private static final class CountingStream extends InputStream {

		private final InputStream body;

		private final long maxBytes;

		private long count;

		private boolean limitReached;

		CountingStream(InputStream body, long maxBytes) {
			this.body = body;
			this.maxBytes = maxBytes;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			if (this.count >= this.maxBytes) {
				this.limitReached = this.limitReached || this.body.read() >= 0;
				return -1;
			}
			int read = this.body.read(buffer, offset, (int) Math.min(length, this.maxBytes - this.count));
			if (read > 0) {
				this.count += read;
			}
			return read;
		}

		private boolean limitReached() {
			return this.limitReached;
		}

		private void skipRest(long most) throws IOException {
			byte[] buffer = new byte[8192];
			long skipped = 0;
			int read = 0;
			while (read >= 0 && skipped < most) {
				read = this.body.read(buffer);
				skipped += Math.max(read, 0);
			}
		}

	}

}
