package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Arrays;
import java.util.List;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Checks one body in the text format 0.0.4, line by line, without building anything from
 * it. It refuses what Pushgateway's parser refuses, and those contradictions within the
 * push that Pushgateway's consistency check refuses whatever else is stored.
 */
final class TextCheck {

	private final TextCursor cursor;

	private final ContentRules rules;

	private final NameReader name;

	private final SampleLabels labels;

	private final Families families = new Families();

	private final SeriesSet series = new SeriesSet();

	/**
	 * The family of the line before, as in Pushgateway's parser kept from line to line.
	 */
	private @Nullable Family family;

	private SampleRole role = SampleRole.PLAIN;

	/**
	 * Name read by the last sample line, to skip the look-up when the next has the same.
	 */
	private int lastFrom;

	private int lastTo;

	private int samples;

	private boolean labelMapReady;

	private boolean bucket;

	private @Nullable Refusal failureTimeFault;

	TextCheck(byte[] body, int length, ContentRules rules) {
		this.cursor = new TextCursor(body, length);
		this.rules = rules;
		this.name = new NameReader(this.cursor, rules.utf8Names());
		this.labels = new SampleLabels(rules.groupLabels());
	}

	PushContent check() {
		TextCursor at = this.cursor;
		while (true) {
			at.skipBlanks();
			if (at.atEnd()) {
				break;
			}
			switch (at.current()) {
				case '\n' -> {
				}
				case '#' -> comment();
				case '{' -> sampleWithNameInBraces();
				default -> sample();
			}
			at.nextLine();
		}
		String collision = this.rules.isSyntaxOnly() ? null : this.families.suffixCollision(false);
		if (collision != null) {
			throw new Refusal(400, Reason.CONFLICT, collision).asException();
		}
		return new PushContent(this.samples, this.rules.isComplete() ? this.families.withSamples() : List.of(),
				this.failureTimeFault);
	}

	private void comment() {
		TextCursor at = this.cursor;
		at.advance();
		at.skipBlanksWithinLine();
		if (at.at('\n')) {
			return;
		}
		int word = at.pos;
		at.skipWord();
		if (at.at('\n')) {
			return;
		}
		boolean help = isWord(word, "HELP");
		if (!help && !isWord(word, "TYPE")) {
			at.skipToNewline();
			return;
		}
		at.skipBlanksWithinLine();
		this.name.readMetricName();
		if (at.at('\n')) {
			return;
		}
		if (!at.atBlank()) {
			throw at.syntax(at.pos, "invalid metric name in comment", metricNameRemedy());
		}
		selectFamily();
		at.skipBlanksWithinLine();
		if (at.at('\n')) {
			return;
		}
		if (help) {
			help(family());
		}
		else {
			type(family());
		}
	}

	private void help(Family family) {
		TextCursor at = this.cursor;
		if (family.hasHelp()) {
			throw at.syntax(at.lineStart(), "second HELP line for metric name " + Excerpt.quoted(family.name()),
					"Keep one HELP line per metric, before its samples.");
		}
		while (!at.at('\n')) {
			if (at.at('\\')) {
				at.advance();
				if (!at.at('\\') && !at.at('n') && !at.at('"')) {
					throw at.syntax(at.pos - 1, "invalid escape sequence in a HELP text",
							"Write a backslash as \\\\ and a line break as \\n.");
				}
			}
			at.advance();
		}
		family.helpSeen();
	}

	private void type(Family family) {
		TextCursor at = this.cursor;
		if (family.type() != null) {
			throw at.syntax(at.lineStart(),
					"second TYPE line for metric name " + Excerpt.quoted(family.name())
							+ ", or TYPE reported after samples",
					"Keep one TYPE line per metric, before its first sample.");
		}
		int from = at.pos;
		at.skipToNewline();
		// Pushgateway's parser drops backslashes here.
		String word = at.text(from, at.pos).replace("\\", "");
		FamilyType type = FamilyType.named(word);
		if (type == null) {
			throw at.syntax(from, "unknown metric type " + Excerpt.quoted(word), TextRemedies.type(word));
		}
		family.type(type);
	}

	private void sample() {
		TextCursor at = this.cursor;
		int start = at.pos;
		this.name.readMetricName();
		if (this.name.isEmpty()) {
			throw at.syntax(start, "invalid metric name", metricNameRemedy());
		}
		selectFamily();
		fixType();
		if (at.atBlank()) {
			at.skipBlanksWithinLine();
		}
		startLabels();
		if (at.at('{')) {
			at.advance();
			labels(false);
		}
		value(start, true);
	}

	// Reads a sample that starts with a brace, as in {@code {name, label="value"} 1}.
	private void sampleWithNameInBraces() {
		TextCursor at = this.cursor;
		int start = at.pos;
		startLabels();
		at.advance();
		boolean named = labels(true);
		if (!named && this.samples == 0) {
			throw at.syntax(start, "invalid metric name", "Write the name of the metric in front of the brace.");
		}
		// Without a name Pushgateway's parser goes on with what the line before left
		// behind;
		// what that amounts to is for Pushgateway to say.
		FamilyType type = family().type();
		boolean comparable = named && type != null && type.ownLabel() == null;
		if (!comparable && this.rules.isComplete()) {
			throw at.refused(Reason.CONFLICT, start,
					"a sample that starts with a brace "
							+ (named ? "belongs to a summary or histogram" : "has no name"),
					"Pushgateway would mix it with the line before. Write the name of the metric in front of the brace.");
		}
		value(start, comparable);
	}

	private void startLabels() {
		this.labels.clear();
		this.bucket = false;
		Family current = this.family;
		if (current != null && current.type() != null && current.type().ownLabel() != null) {
			this.labelMapReady = true;
		}
	}

	/**
	 * Reads labels from behind the opening brace to behind the closing one.
	 * @param nameInside whether the name of the metric is one of the parts
	 * @return whether the name of the metric was among them
	 */
	private boolean labels(boolean nameInside) {
		TextCursor at = this.cursor;
		boolean named = false;
		while (true) {
			at.skipBlanksWithinLine();
			if (at.at('}')) {
				return closeLabels(named);
			}
			int start = at.pos;
			this.name.readLabelName();
			if (this.name.isEmpty()) {
				throw at.syntax(start, "invalid label name",
						"A label name is made of letters, digits and underscores and does not start with a digit; labels are written name=\"value\" and separated by commas.");
			}
			if (at.atBlank()) {
				at.skipBlanksWithinLine();
			}
			if (!at.at('=')) {
				readNameInBraces(nameInside, named);
				named = true;
				if (at.at('}')) {
					return closeLabels(true);
				}
				at.advance();
				continue;
			}
			label(start);
			if (at.at('}')) {
				return closeLabels(named);
			}
			if (!at.at(',')) {
				throw at.syntax(at.pos, "unexpected end of label value",
						"After a label value comes a comma or the closing brace; a double quote inside a value is written \\\".");
			}
			at.advance();
		}
	}

	private boolean closeLabels(boolean named) {
		if (this.family == null) {
			throw this.cursor.syntax(this.cursor.pos, "invalid metric name",
					"Write the name of the metric in front of the brace.");
		}
		this.cursor.advance();
		this.cursor.skipBlanksWithinLine();
		return named;
	}

	private void readNameInBraces(boolean nameInside, boolean named) {
		TextCursor at = this.cursor;
		if (!nameInside) {
			throw at.syntax(at.pos, "expected '=' after label name",
					"Labels are written name=\"value\" and separated by commas.");
		}
		if (named) {
			throw at.syntax(at.pos, "multiple metric names in one sample", "Keep one metric name per line.");
		}
		if (!at.at(',') && !at.at('}')) {
			throw at.syntax(at.pos, "unexpected end of metric name", "After it comes a comma or the closing brace.");
		}
		selectFamily();
		fixType();
	}

	private void label(int start) {
		TextCursor at = this.cursor;
		if (this.name.is("__name__")) {
			throw at.syntax(start, "label name \"__name__\" is reserved", "Leave it out, the name stands in front.");
		}
		if (!this.name.isValid(false)) {
			throw at.syntax(start, "invalid label name " + this.name, TextRemedies.QUOTED_NAME);
		}
		FamilyType type = (this.family != null) ? this.family.type() : null;
		String ownLabel = (type != null) ? type.ownLabel() : null;
		boolean own = ownLabel != null && this.name.is(ownLabel);
		if (!own) {
			if (this.labels.isFull()) {
				throw new Refusal(413, Reason.TOO_MANY_SERIES,
						"A series of the push has more than " + ContentRules.MAX_LABELS + " labels.")
					.asException();
			}
			if (!this.labels.addName(this.name)) {
				throw at.syntax(start, "duplicate label names: " + this.name + " is there twice",
						"Keep each label once per series.");
			}
			if (ownLabel != null && !this.labelMapReady) {
				throw at.syntax(start, "the sample of a summary or histogram starts with a brace",
						"Write the name of the metric in front of the brace.");
			}
		}
		at.advance();
		at.skipBlanksWithinLine();
		if (!at.at('"')) {
			throw at.syntax(at.pos, "expected '\"' at start of label value",
					"Put the value between double quotes: name=\"value\".");
		}
		at.advance();
		labelValue(own ? ownLabel : null);
		at.advance();
		at.skipBlanksWithinLine();
	}

	// Reads a label value and stops at its closing quote.
	private void labelValue(@Nullable String ownLabel) {
		TextCursor at = this.cursor;
		byte[] in = at.in;
		int start = at.pos;
		long hash = Hashing.start();
		boolean ascii = true;
		int i = start;
		for (; i < at.end && in[i] != '"'; i++) {
			byte b = in[i];
			if (b == '\n') {
				throw at.syntax(start - 1, "label value contains unescaped new-line",
						"Close the double quote on the same line; a line break inside a value is written \\n.");
			}
			if (b == '\\') {
				i++;
				b = (i < at.end) ? unescaped(i) : b;
			}
			ascii &= b >= 0;
			hash = Hashing.add(hash, b);
		}
		at.pos = i - 1;
		at.advance();
		if (!ascii && !Utf8.isValid(in, start, i)) {
			throw at.syntax(start, "invalid label value, it is not valid UTF-8", "Send the body in UTF-8.");
		}
		if (ownLabel == null) {
			this.labels.addValue(hash);
			return;
		}
		ownLabelValue(ownLabel, start, i);
	}

	private void ownLabelValue(String ownLabel, int from, int to) {
		byte[] in = this.cursor.in;
		if (!FloatSyntax.isFloat(in, from, to)) {
			throw this.cursor.syntax(from,
					"expected float as value for '" + ownLabel + "' label, got " + Excerpt.quoted(in, from, to),
					TextRemedies.NUMBER);
		}
		this.bucket = "le".equals(ownLabel) && !Double.isNaN(FloatSyntax.value(in, from, to));
	}

	private byte unescaped(int at) {
		return switch (this.cursor.in[at]) {
			case '\\' -> '\\';
			case '"' -> '"';
			case 'n' -> '\n';
			default -> throw this.cursor.syntax(at - 1, "invalid escape sequence in a label value",
					"Write a backslash as \\\\, a double quote as \\\" and a line break as \\n.");
		};
	}

	private void value(int start, boolean comparable) {
		TextCursor at = this.cursor;
		Family current = family();
		int from = at.pos;
		at.skipWord();
		if (!FloatSyntax.isFloat(at.in, from, at.pos)) {
			throw at.syntax(from, "expected float as value, got " + Excerpt.quoted(at.in, from, at.pos),
					TextRemedies.value(at.text(from, at.pos), at.text(at.lineStart(), at.endOfLine())));
		}
		boolean population = this.role == SampleRole.COUNT || (this.role != SampleRole.SUM && this.bucket);
		if (population && current.type() != null && current.type().hasBuckets()
				&& FloatSyntax.value(at.in, from, at.pos) < 0) {
			throw at.syntax(from, "negative count or bucket population for histogram " + Excerpt.quoted(current.name()),
					"Counts of observations are never negative.");
		}
		if (!at.at('\n')) {
			if (!this.rules.isSyntaxOnly() || !isTimestamp()) {
				throw TextRemedies.afterValue(at);
			}
			at.skipToNewline();
		}
		current.sampleSeen();
		if (++this.samples > this.rules.maxSeries()) {
			throw tooManySeries();
		}
		if (!comparable || this.rules.isSyntaxOnly()) {
			return;
		}
		if (!current.isReplacedByPushgateway()) {
			compare(current, start);
		}
		else if (current.isFailureTime() && this.rules.isComplete() && this.failureTimeFault == null) {
			try {
				compare(current, start);
			}
			catch (RefusedException ex) {
				this.failureTimeFault = ex.refusal();
			}
		}
	}

	// Whether what follows the value is a number that Pushgateway's parser takes for a
	// timestamp, and nothing else.
	private boolean isTimestamp() {
		TextCursor at = this.cursor;
		String rest = at.text(at.pos, at.endOfLine());
		int digits = 0;
		while (digits < rest.length() && (rest.charAt(digits) == ' ' || rest.charAt(digits) == '\t')) {
			digits++;
		}
		String number = rest.substring(digits);
		try {
			Long.parseLong(number);
			return number.chars().allMatch((c) -> c == '-' || c == '+' || (c >= '0' && c <= '9'));
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	private void compare(Family current, int start) {
		if (this.labels.reserved() != null) {
			throw this.cursor.refused(Reason.CONFLICT, start,
					"label name " + this.labels.reserved() + " starts with two underscores",
					"Such names are reserved, choose another.");
		}
		long key = Hashing.mix(current.hash()) + this.labels.stored();
		boolean merged = current.type() != null && current.type().ownLabel() != null;
		long owner = merged ? this.labels.written() : start;
		int known = this.series.size();
		int earlier = this.series.add(key, owner, start + 1);
		if (this.rules.isComplete() && this.series.size() > known) {
			current.addSeries(this.labels.stored());
		}
		if (earlier != 0) {
			String overwritten = this.labels.overwritten()
					? " The labels of the path overwrite those of the body, which makes series equal that differ only in them."
					: "";
			throw this.cursor.refused(Reason.DUPLICATE, start,
					"the same series was in line " + this.cursor.lineOf(earlier - 1) + " already",
					"Send each combination of name and labels once per push." + overwritten);
		}
	}

	private RefusedException tooManySeries() {
		int lines = 0;
		for (int i = 0; i < this.cursor.end; i++) {
			lines += (this.cursor.in[i] == '\n') ? 1 : 0;
		}
		return new Refusal(413, Reason.TOO_MANY_SERIES, "The push has more than " + this.rules.maxSeries()
				+ " series (it has " + lines + " lines). Push fewer series, or let the operator raise PUSH_MAX_SERIES.")
			.asException();
	}

	// Finds the family that the name read last belongs to: its own, or that of the
	// summary or histogram of which it is a part.
	private void selectFamily() {
		TextCursor at = this.cursor;
		if (this.name.bytes == at.in && isLastName()) {
			return;
		}
		if (!this.name.isValid(true)) {
			throw at.syntax(at.lineStart(), "invalid metric name " + this.name, TextRemedies.QUOTED_NAME);
		}
		boolean plainBytes = this.name.bytes == at.in;
		this.lastFrom = plainBytes ? this.name.from : 0;
		this.lastTo = plainBytes ? this.name.to : 0;
		Family found = this.families.find(this.name.bytes, this.name.from, this.name.to);
		this.role = SampleRole.PLAIN;
		for (SampleRole part : SampleRole.PARTS) {
			if (found == null && part.isSuffixOf(this.name)) {
				Family whole = this.families.find(this.name.bytes, this.name.from, this.name.to - part.length());
				if (whole != null && part.isPartOf(whole.type())) {
					found = whole;
					this.role = part;
				}
			}
		}
		this.family = (found != null) ? found
				: this.families.findOrCreate(this.name.bytes, this.name.from, this.name.to);
	}

	private boolean isLastName() {
		return this.lastTo > this.lastFrom && Arrays.equals(this.cursor.in, this.lastFrom, this.lastTo, this.cursor.in,
				this.name.from, this.name.to);
	}

	private void fixType() {
		if (family().type() == null) {
			family().type(FamilyType.UNTYPED);
		}
	}

	private Family family() {
		Family current = this.family;
		if (current == null) {
			throw new IllegalStateException("no family selected");
		}
		return current;
	}

	private boolean isWord(int from, String word) {
		TextCursor at = this.cursor;
		return at.pos - from == word.length() && at.text(from, at.pos).equals(word);
	}

	private String metricNameRemedy() {
		return TextRemedies.metricName(this.cursor);
	}

}
