package io.monitoringstack.pushgatewayproxy.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * Selects groups by their labels, written as Prometheus writes it:
 * {@code {job="nightly",instance=~"ci-.*"}}.
 */
public final class Selector {

	private static final int LONGEST = 2000;

	private final List<Matcher> matchers;

	private Selector(List<Matcher> matchers) {
		this.matchers = matchers;
	}

	/**
	 * Reads a selector.
	 * @param text the selector, with or without the braces
	 * @return the selector
	 * @throws RefusedException if it is not readable, or selects everything
	 */
	public static Selector parse(String text) {
		if (text.length() > LONGEST) {
			throw broken("it is too long");
		}
		return new Reader(text.strip()).read();
	}

	/**
	 * Tells whether a group is selected.
	 * @param key the group
	 * @return whether all conditions hold
	 */
	public boolean matches(GroupingKey key) {
		return this.matchers.stream()
			.allMatch((matcher) -> matcher.matches(key.labels().getOrDefault(matcher.name(), "")));
	}

	static RefusedException broken(String why) {
		return new Refusal(400, Reason.SELECTOR, "match[] is not readable: " + why
				+ ". Write it as {job=\"nightly\",instance=~\"ci-.*\"} with =, !=, =~ or !~, encoded for a URL.")
			.asException();
	}

	private static final class Reader {

		private final String text;

		private int at;

		Reader(String text) {
			boolean braces = text.startsWith("{") && text.endsWith("}") && text.length() > 1;
			this.text = braces ? text.substring(1, text.length() - 1) : text;
		}

		Selector read() {
			List<Matcher> matchers = new ArrayList<>();
			skip();
			while (this.at < this.text.length()) {
				matchers.add(matcher());
				skip();
				if (this.at < this.text.length() && this.text.charAt(this.at++) != ',') {
					throw broken("a comma is missing");
				}
				skip();
			}
			if (matchers.stream().allMatch((matcher) -> matcher.matches(""))) {
				throw broken(
						"one condition at least must ask for a label that is not empty; for all groups write {job=~\".+\"}");
			}
			return new Selector(List.copyOf(matchers));
		}

		private Matcher matcher() {
			int from = this.at;
			while (this.at < this.text.length() && isName(this.text.charAt(this.at))) {
				this.at++;
			}
			String name = this.text.substring(from, this.at);
			if (name.isEmpty()) {
				throw broken("a label name is missing");
			}
			skip();
			boolean negated = take("!");
			boolean pattern = negated ? take("~") : (take("=") && take("~"));
			if (negated && !pattern && !take("=")) {
				throw broken("there is no =, !=, =~ or !~ behind " + name);
			}
			if (!negated && this.text.charAt(this.at - 1) != '=' && !pattern) {
				throw broken("there is no =, !=, =~ or !~ behind " + name);
			}
			skip();
			String value = quoted();
			return new Matcher(name, negated, value, pattern ? pattern(value) : null);
		}

		private static boolean isName(char c) {
			return c == '_' || c == ':' || Character.isLetterOrDigit(c);
		}

		private static Pattern pattern(String value) {
			try {
				return Pattern.compile(value, Pattern.DOTALL);
			}
			catch (PatternSyntaxException ex) {
				throw broken("a pattern is no regular expression");
			}
		}

		private String quoted() {
			if (!take("\"")) {
				throw broken("a value is not in double quotes");
			}
			StringBuilder value = new StringBuilder();
			while (this.at < this.text.length()) {
				char c = this.text.charAt(this.at++);
				if (c == '"') {
					return value.toString();
				}
				if (c == '\\' && this.at < this.text.length()) {
					char escaped = this.text.charAt(this.at++);
					c = (escaped == 'n') ? '\n' : escaped;
				}
				value.append(c);
			}
			throw broken("a quote is not closed");
		}

		private boolean take(String expected) {
			if (!this.text.startsWith(expected, this.at)) {
				return false;
			}
			this.at += expected.length();
			return true;
		}

		private void skip() {
			while (this.at < this.text.length() && Character.isWhitespace(this.text.charAt(this.at))) {
				this.at++;
			}
		}

	}

}
