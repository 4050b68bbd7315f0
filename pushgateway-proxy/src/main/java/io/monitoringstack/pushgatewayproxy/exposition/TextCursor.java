package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * A place in a text body: the byte to look at next and the line it is in.
 */
final class TextCursor {

	final byte[] in;

	final int end;

	private final String format;

	int pos;

	private int line = 1;

	private int lineStart;

	TextCursor(byte[] in, int end) {
		this(in, end, "text format");
	}

	TextCursor(byte[] in, int end, String format) {
		this.in = in;
		this.end = end;
		this.format = format;
	}

	boolean atEnd() {
		return this.pos == this.end;
	}

	byte current() {
		return this.in[this.pos];
	}

	boolean at(char c) {
		return this.in[this.pos] == c;
	}

	boolean atBlank() {
		return isBlank(this.in[this.pos]);
	}

	int lineStart() {
		return this.lineStart;
	}

	/**
	 * Steps behind the newline that ends the line.
	 */
	void nextLine() {
		this.pos++;
		this.line++;
		this.lineStart = this.pos;
	}

	void skipBlanks() {
		while (this.pos < this.end && isBlank(this.in[this.pos])) {
			this.pos++;
		}
	}

	/**
	 * Skips blanks to a byte that must be there.
	 */
	void skipBlanksWithinLine() {
		skipBlanks();
		require();
	}

	/**
	 * Steps over one byte to a byte that must be there.
	 */
	void advance() {
		this.pos++;
		require();
	}

	/**
	 * Steps over a word that something must follow.
	 */
	void skipWord() {
		while (this.pos < this.end && this.in[this.pos] != '\n' && !isBlank(this.in[this.pos])) {
			this.pos++;
		}
		require();
	}

	/**
	 * Steps to the newline that must end the line.
	 */
	void skipToNewline() {
		while (this.pos < this.end && this.in[this.pos] != '\n') {
			this.pos++;
		}
		require();
	}

	int endOfLine() {
		int at = this.pos;
		while (at < this.end && this.in[at] != '\n') {
			at++;
		}
		return at;
	}

	String text(int from, int to) {
		return new String(this.in, from, to - from, StandardCharsets.UTF_8);
	}

	/**
	 * Makes the refusal for something in the current line.
	 * @param reason closed reason
	 * @param at position of the offending text
	 * @param problem what is wrong, without a full stop at the end
	 * @param remedy what to do about it, a sentence
	 * @return the refusal to throw
	 */
	RefusedException refused(Reason reason, int at, String problem, String remedy) {
		int column = text(this.lineStart, Math.min(at, this.end)).codePointCount(0,
				text(this.lineStart, Math.min(at, this.end)).length()) + 1;
		return new Refusal(400, reason,
				this.format + " parsing error in line " + this.line + ", column " + column + ": " + problem + ".\n  "
						+ Excerpt.plain(text(this.lineStart, Math.min(endOfLine(), this.lineStart + 400))) + "\n"
						+ remedy)
			.asException();
	}

	RefusedException syntax(int at, String problem, String remedy) {
		return refused(Reason.SYNTAX, at, problem, remedy);
	}

	/**
	 * Tells the number of the line that holds a position.
	 * @param position position in the body
	 * @return line number, the first is 1
	 */
	int lineOf(int position) {
		int found = 1;
		for (int i = 0; i < position; i++) {
			if (this.in[i] == '\n') {
				found++;
			}
		}
		return found;
	}

	private void require() {
		if (this.pos >= this.end) {
			throw refused(Reason.NEWLINE, this.end, "unexpected end of input stream, the last line is not complete",
					"Every line must end with a newline, the last one too. With curl use --data-binary @file, because -d drops newlines; with printf add \\n at the end.");
		}
	}

	static boolean isBlank(byte b) {
		return b == ' ' || b == '\t';
	}

}
