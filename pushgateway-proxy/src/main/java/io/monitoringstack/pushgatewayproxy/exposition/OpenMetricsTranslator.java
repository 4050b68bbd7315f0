package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Translates one body line by line. It remembers no more than the family it is in,
 * because OpenMetrics keeps families together. A sample line is copied as it is but for
 * what stands behind the value; a name inside the braces moves in front of them, because
 * Pushgateway's parser mixes samples of histograms that begin with a brace.
 */
final class OpenMetricsTranslator {

	private static final String EOF = "# EOF";

	/** HELP, TYPE and UNIT of a family come in any order. */
	private static final int METADATA_LINES = 3;

	private static final byte[] CREATED = ascii("_created");

	private final TextCursor cursor;

	private final byte[] in;

	private final DecodedBody out;

	private final Set<Loss> losses = EnumSet.noneOf(Loss.class);

	/** Name of the family, between quotes if it is quoted. */
	private int nameFrom;

	private int nameTo;

	private @Nullable OpenMetricsType type;

	OpenMetricsTranslator(byte[] body, int length, DecodedBody out) {
		this.cursor = new TextCursor(body, length, "OpenMetrics");
		this.in = body;
		this.out = out;
		// What is dropped is mostly more than what is added.
		out.expect(length);
	}

	Set<Loss> translate() {
		TextCursor at = this.cursor;
		while (!at.atEnd()) {
			int end = at.endOfLine();
			if (end - at.pos == EOF.length() && startsWith(at.pos, EOF)) {
				requireEnd(end);
				return this.losses;
			}
			if (at.at('#')) {
				comment(end);
			}
			else if (end > at.pos) {
				sample(end);
			}
			at.pos = end;
			if (!at.atEnd()) {
				at.nextLine();
				this.out.write(this.in, end, 1);
			}
		}
		throw missingEnd();
	}

	private void requireEnd(int end) {
		TextCursor at = this.cursor;
		at.pos = end;
		if (at.atEnd()) {
			return;
		}
		at.nextLine();
		if (!at.atEnd()) {
			throw at.syntax(at.pos, "there is something after " + EOF, EOF
					+ " is the last line of OpenMetrics. If two files were put together, keep only the last of their "
					+ EOF + " lines.");
		}
	}

	private RefusedException missingEnd() {
		TextCursor at = this.cursor;
		boolean crlf = at.end > 1 && this.in[at.end - 1] == '\n' && this.in[at.end - 2] == '\r';
		return at
			.syntax(at.end, "the last line is not " + EOF, crlf ? TextRemedies.CRLF : "OpenMetrics ends with the line "
					+ EOF
					+ ", so that a body that was cut off is noticed. Add it, or push with Content-Type: text/plain if this is the text format of Prometheus.");
	}

	private void comment(int end) {
		int word = skipBlanks(this.cursor.pos + 1, end);
		int name = skipBlanks(word + 4, end);
		if (name == word + 4 || name == end) {
			copy(this.cursor.pos, end);
			return;
		}
		if (startsWith(word, "TYPE")) {
			type(name, end);
		}
		else if (startsWith(word, "HELP")) {
			help(name, end);
		}
		else if (startsWith(word, "UNIT")) {
			this.losses.add(Loss.UNITS);
		}
		else {
			copy(this.cursor.pos, end);
		}
	}

	private void type(int name, int end) {
		int behind = endOfName(name, end);
		int word = skipBlanks(behind, end);
		String found = this.cursor.text(word, end);
		OpenMetricsType declared = OpenMetricsType.named(found);
		if (declared == null) {
			throw this.cursor.syntax(word, "unknown metric type " + Excerpt.quoted(found),
					TextRemedies.openMetricsType(found));
		}
		enter(name, behind, declared);
		if (declared.textType() != null) {
			write("# TYPE ");
			writeFamily(name, behind, declared);
			write(" " + declared.textType());
		}
	}

	private void help(int name, int end) {
		int behind = endOfName(name, end);
		if (this.type == null || !isFamily(unquotedFrom(name), unquotedTo(name, behind))) {
			enter(name, behind, typeAhead(name, behind, end));
		}
		OpenMetricsType current = this.type;
		if (current != null && current.textType() == null) {
			return;
		}
		write("# HELP ");
		writeFamily(name, behind, (current != null) ? current : OpenMetricsType.UNKNOWN);
		// Older parsers of the text format know no escaped quote in a HELP text.
		int from = behind;
		for (int i = behind; i + 1 < end; i++) {
			if (this.in[i] == '\\') {
				if (this.in[i + 1] == '"') {
					copy(from, i);
					from = i + 1;
				}
				i++;
			}
		}
		copy(from, end);
	}

	// The TYPE line of a family may follow its HELP line.
	private @Nullable OpenMetricsType typeAhead(int name, int behind, int end) {
		int from = end + 1;
		for (int i = 1; i < METADATA_LINES && from < this.cursor.end && this.in[from] == '#'; i++) {
			int to = from;
			while (to < this.cursor.end && this.in[to] != '\n') {
				to++;
			}
			int word = skipBlanks(from + 1, to);
			int other = skipBlanks(word + 4, to);
			if (startsWith(word, "TYPE") && other > word + 4 && other < to) {
				int otherBehind = endOfName(other, to);
				boolean same = Arrays.equals(this.in, name, behind, this.in, other, otherBehind);
				return same ? OpenMetricsType.named(this.cursor.text(skipBlanks(otherBehind, to), to)) : null;
			}
			from = to + 1;
		}
		return null;
	}

	private void enter(int name, int behind, @Nullable OpenMetricsType entered) {
		this.nameFrom = unquotedFrom(name);
		this.nameTo = unquotedTo(name, behind);
		this.type = entered;
	}

	private void sample(int end) {
		int start = this.cursor.pos;
		int braces = start;
		int name = start;
		int nameEnd = start;
		boolean inside = this.in[start] == '{';
		if (this.in[start] == '"') {
			nameEnd = endOfName(start, end);
		}
		else if (inside) {
			name = skipBlanks(start + 1, end);
			nameEnd = endOfName(name, end);
			braces = skipBlanks(nameEnd, end);
			boolean named = name < end && this.in[name] == '"' && braces < end
					&& (this.in[braces] == ',' || this.in[braces] == '}');
			if (!named) {
				throw this.cursor.syntax(start, "the sample has no name",
						"Write the name of the metric in front of the brace, or first inside it and between double quotes.");
			}
		}
		else {
			while (nameEnd < end && this.in[nameEnd] != '{' && !TextCursor.isBlank(this.in[nameEnd])) {
				nameEnd++;
			}
		}
		int labels = inside ? start : skipBlanks(nameEnd, end);
		int behind = endOfSample(labels, end);
		if (belongsToFamily(name, nameEnd, labels, end)) {
			return;
		}
		if (!inside) {
			copy(start, behind);
			return;
		}
		copy(name, nameEnd);
		if (this.in[braces] == ',') {
			write("{");
			copy(braces + 1, behind);
		}
		else {
			copy(braces + 1, behind);
		}
	}

	// Refuses a sample that has the bare name of its family and must not, and tells
	// whether the sample is to be dropped.
	private boolean belongsToFamily(int name, int nameEnd, int labels, int end) {
		OpenMetricsType current = this.type;
		int from = unquotedFrom(name);
		int to = unquotedTo(name, nameEnd);
		int length = this.nameTo - this.nameFrom;
		if (current == null || to - from < length || !isFamily(from, from + length)) {
			return false;
		}
		if (to - from == length && !current.suffix().isEmpty() && !endsWith(from, to, current.suffix())) {
			String family = this.cursor.text(from, to);
			throw this.cursor.syntax(from,
					"a sample of the " + current.word() + " " + Excerpt.quoted(family) + " must be named "
							+ Excerpt.quoted(family + current.suffix()),
					"Put " + current.suffix()
							+ " behind the name of the sample; the TYPE line keeps the name without it.");
		}
		if (!current.hasCreated() || !Arrays.equals(this.in, from + length, to, CREATED, 0, CREATED.length)) {
			return false;
		}
		int value = skipBlanks(behindBraces(labels, end), end);
		int valueEnd = endOfWord(value, end);
		if (!FloatSyntax.isFloat(this.in, value, valueEnd)) {
			return false;
		}
		this.losses.add(Loss.CREATED);
		return true;
	}

	// Finds where the part of a sample ends that the text format has, too: behind the
	// value, or the timestamp if there is one.
	private int endOfSample(int labels, int end) {
		int value = skipBlanks(behindBraces(labels, end), end);
		int behind = endOfWord(value, end);
		int next = skipBlanks(behind, end);
		if (next < end && this.in[next] != '#') {
			behind = endOfWord(next, end);
			next = skipBlanks(behind, end);
		}
		if (value == end || next == end || next == behind || this.in[next] != '#') {
			return end;
		}
		requireExemplar(next, end);
		this.losses.add(Loss.EXEMPLARS);
		return behind;
	}

	private void requireExemplar(int hash, int end) {
		int braces = skipBlanks(hash + 1, end);
		int behind = behindBraces(braces, end);
		int value = skipBlanks(behind, end);
		int valueEnd = endOfWord(value, end);
		int time = skipBlanks(valueEnd, end);
		int timeEnd = endOfWord(time, end);
		boolean readable = behind > braces && FloatSyntax.isFloat(this.in, value, valueEnd)
				&& (time == end || FloatSyntax.isFloat(this.in, time, timeEnd)) && timeEnd == end;
		if (!readable) {
			throw this.cursor.syntax(hash,
					"what follows the value is no exemplar: "
							+ Excerpt.quoted(this.in, hash, Math.min(end, hash + 200)),
					"An exemplar is written # {trace_id=\"…\"} number, perhaps with a timestamp behind it. Pushgateway keeps none, so it may as well be left out.");
		}
	}

	/**
	 * Finds the end of a list of labels.
	 * @param from place of the opening brace, if there is one
	 * @param end end of the line
	 * @return place behind the closing brace; the same place if there are no braces
	 */
	private int behindBraces(int from, int end) {
		if (from >= end || this.in[from] != '{') {
			return from;
		}
		boolean quoted = false;
		for (int i = from + 1; i < end; i++) {
			byte b = this.in[i];
			if (quoted && b == '\\') {
				i++;
			}
			else if (b == '"') {
				quoted = !quoted;
			}
			else if (b == '}' && !quoted) {
				return i + 1;
			}
		}
		return end;
	}

	private int endOfName(int from, int end) {
		if (from >= end || this.in[from] != '"') {
			return endOfWord(from, end);
		}
		for (int i = from + 1; i < end; i++) {
			if (this.in[i] == '\\') {
				i++;
			}
			else if (this.in[i] == '"') {
				return i + 1;
			}
		}
		return end;
	}

	private int endOfWord(int from, int end) {
		int i = from;
		while (i < end && !TextCursor.isBlank(this.in[i])) {
			i++;
		}
		return i;
	}

	private int skipBlanks(int from, int end) {
		int i = from;
		while (i < end && TextCursor.isBlank(this.in[i])) {
			i++;
		}
		return Math.min(i, end);
	}

	private int unquotedFrom(int from) {
		return (this.in[from] == '"') ? from + 1 : from;
	}

	private int unquotedTo(int from, int to) {
		return (this.in[from] == '"' && to > from + 1 && this.in[to - 1] == '"') ? to - 1 : to;
	}

	private boolean isFamily(int from, int to) {
		return Arrays.equals(this.in, this.nameFrom, this.nameTo, this.in, from, to);
	}

	private boolean startsWith(int from, String word) {
		byte[] bytes = ascii(word);
		int to = from + bytes.length;
		return to <= this.cursor.end && Arrays.equals(this.in, from, to, bytes, 0, bytes.length);
	}

	private boolean endsWith(int from, int to, String suffix) {
		return to - from >= suffix.length() && startsWith(to - suffix.length(), suffix);
	}

	private void writeFamily(int name, int behind, OpenMetricsType of) {
		int to = unquotedTo(name, behind);
		copy(name, to);
		if (!endsWith(name, to, of.suffix())) {
			write(of.suffix());
		}
		copy(to, behind);
	}

	private void write(String text) {
		byte[] bytes = ascii(text);
		this.out.write(bytes, 0, bytes.length);
	}

	private void copy(int from, int to) {
		this.out.write(this.in, from, to - from);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
