package io.monitoringstack.pushgatewayproxy.exposition;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * What to do about the mistakes that people make most in the text format.
 */
final class TextRemedies {

	static final String NUMBER = "Write numbers like 1, 0.5 or 1e-3, without units or separators; NaN, +Inf and -Inf are allowed.";

	static final String QUOTED_NAME = "Use letters, digits and underscores (and colons in metric names), not starting with a digit. Other names need a Pushgateway with --push.enable-utf8-names and PUSH_UTF8_NAMES=true here.";

	static final String CRLF = "The line ends with CR LF, as on Windows. Send lines that end with LF alone, for instance through dos2unix or tr -d '\\r'.";

	private static final String AS_OPEN_METRICS = "Push OpenMetrics, whole to its # EOF, with Content-Type: application/openmetrics-text; it is translated then.";

	private TextRemedies() {
	}

	static String openMetricsType(String word) {
		if (word.endsWith("\r")) {
			return CRLF;
		}
		return switch (word) {
			case "untyped" -> "OpenMetrics calls it unknown.";
			case "" -> "The type is missing, as in # TYPE name gauge.";
			default ->
				"Types are counter, gauge, histogram, summary, info, stateset, gaugehistogram and unknown, in small letters.";
		};
	}

	static String metricName(TextCursor at) {
		if (at.at('\r')) {
			return CRLF;
		}
		return "A line is: name{label=\"value\"} number. A name is made of letters, digits, underscores and colons and does not start with a digit.";
	}

	static String type(String word) {
		if (word.endsWith("\r")) {
			return CRLF;
		}
		if (!word.equals(word.strip())) {
			return "Remove the blank at the end of the line.";
		}
		return switch (word) {
			case "unknown", "info", "stateset" -> "This type belongs to OpenMetrics. " + AS_OPEN_METRICS;
			default -> "Types are counter, gauge, histogram, summary and untyped.";
		};
	}

	static String value(String word, String line) {
		if (line.endsWith("\r")) {
			return CRLF;
		}
		if (word.isEmpty()) {
			return "A sample needs a number behind its name and labels.";
		}
		if (word.matches("[-+0-9.eE]*[0-9][#a-zA-Z_:].*")) {
			return "If the newlines of the body are gone: curl -d @file drops them, curl --data-binary @file keeps them. "
					+ NUMBER;
		}
		return NUMBER;
	}

	/**
	 * Explains why nothing may follow a value.
	 * @param at place behind the value
	 * @return the refusal to throw
	 */
	static RefusedException afterValue(TextCursor at) {
		int from = at.pos;
		at.skipBlanksWithinLine();
		String rest = at.text(at.pos, at.endOfLine());
		if (rest.isEmpty()) {
			return at.syntax(from, "blank after the value", "Remove the blank at the end of the line.");
		}
		if (rest.startsWith("#")) {
			return at.syntax(at.pos, "exemplar after the value: " + Excerpt.quoted(rest),
					"Exemplars belong to OpenMetrics. " + AS_OPEN_METRICS);
		}
		if (rest.equals("\r")) {
			return at.syntax(at.pos, "expected integer as timestamp, got " + Excerpt.quoted(rest), CRLF);
		}
		if (rest.strip().matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
			return at.refused(Reason.TIMESTAMP, at.pos,
					"pushed metrics must not have timestamps: " + Excerpt.quoted(rest),
					"Remove the number behind the value. Pushgateway keeps the time of the push in push_time_seconds.");
		}
		return at.syntax(at.pos, "expected integer as timestamp, got " + Excerpt.quoted(rest),
				"Nothing may follow the value. A blank inside a name or label value that is not quoted, or missing newlines (curl -d instead of --data-binary), look like this.");
	}

}
