package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Arrays;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;

/**
 * Reads names of metrics and labels, plain or in double quotes, from a text body. The
 * name read last stays available as bytes.
 */
final class NameReader {

	private final TextCursor cursor;

	private final boolean utf8Names;

	byte[] bytes = new byte[0];

	int from;

	int to;

	private boolean quoted;

	NameReader(TextCursor cursor, boolean utf8Names) {
		this.cursor = cursor;
		this.utf8Names = utf8Names;
	}

	boolean isEmpty() {
		return this.from == this.to;
	}

	boolean is(String ascii) {
		if (this.to - this.from != ascii.length()) {
			return false;
		}
		for (int i = 0; i < ascii.length(); i++) {
			if (this.bytes[this.from + i] != ascii.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	boolean startsReserved() {
		return this.to - this.from >= 2 && this.bytes[this.from] == '_' && this.bytes[this.from + 1] == '_';
	}

	@Override
	public String toString() {
		return Excerpt.quoted(this.bytes, this.from, this.to);
	}

	void readMetricName() {
		read(true);
	}

	void readLabelName() {
		read(false);
	}

	/**
	 * Whether the name read last is one that Pushgateway takes.
	 * @param colon whether colons may be in it
	 * @return whether it is
	 */
	boolean isValid(boolean colon) {
		if (isEmpty()) {
			return false;
		}
		if (!this.quoted) {
			return true;
		}
		if (this.utf8Names) {
			return Utf8.isValid(this.bytes, this.from, this.to);
		}
		for (int i = this.from; i < this.to; i++) {
			byte b = this.bytes[i];
			if (!isStart(b, colon) && !(i > this.from && isDigit(b))) {
				return false;
			}
		}
		return true;
	}

	private void read(boolean colon) {
		TextCursor at = this.cursor;
		int start = at.pos;
		this.quoted = false;
		int i = start;
		if (isStart(at.in[i], colon)) {
			do {
				i++;
			}
			while (i < at.end && (isStart(at.in[i], colon) || isDigit(at.in[i])));
		}
		this.bytes = at.in;
		this.from = start;
		this.to = i;
		at.pos = i;
		if (i < at.end && at.in[i] == '"') {
			readQuoted(start);
		}
		else if (i == at.end) {
			at.pos--;
			at.advance();
		}
	}

	// Reads a name with a quoted part. Quotes may open in the middle of a name; the
	// closing one ends it.
	private void readQuoted(int start) {
		TextCursor at = this.cursor;
		byte[] name = Arrays.copyOfRange(at.in, start, at.pos + 64);
		int length = at.pos - start;
		this.quoted = true;
		at.advance();
		while (!at.at('"')) {
			byte b = at.current();
			if (b == '\n') {
				throw at.syntax(start, "the name contains an unescaped newline", "Close the double quote.");
			}
			if (b == '\\') {
				at.advance();
				b = unescaped(at);
			}
			if (length == name.length) {
				name = Arrays.copyOf(name, length * 2);
			}
			name[length++] = b;
			at.advance();
		}
		at.advance();
		this.bytes = name;
		this.from = 0;
		this.to = length;
	}

	private static byte unescaped(TextCursor at) {
		return switch (at.current()) {
			case '\\' -> '\\';
			case '"' -> '"';
			case 'n' -> '\n';
			default -> throw at.syntax(at.pos, "invalid escape sequence in a name",
					"Only \\\\, \\\" and \\n may follow a backslash.");
		};
	}

	private static boolean isStart(byte b, boolean colon) {
		return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || (colon && b == ':');
	}

	private static boolean isDigit(byte b) {
		return b >= '0' && b <= '9';
	}

}
