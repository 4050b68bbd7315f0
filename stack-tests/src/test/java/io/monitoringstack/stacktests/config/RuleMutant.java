package io.monitoringstack.stacktests.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A rule with one fault in it, of the kind that slips in when rules are edited.
 *
 * @param rule the rule as it should be
 * @param change what is wrong now
 * @param source the rule with its fault
 * @param thresholds values that differ from {@code thresholds.yml}
 */
record RuleMutant(Rule rule, String change, Map<String, Object> source, Map<String, Double> thresholds) {

	private static final Map<String, String> FLIPPED = Map.of(">", "<", "<", ">", ">=", "<=", "<=", ">=", "==", "!=",
			"!=", "==");

	/**
	 * What is between braces, brackets and quotes is left alone by all but the matchers.
	 */
	private static final Pattern SKIPPED = Pattern.compile("\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|#[^\n]*");

	private static final Pattern COMPARISON = Pattern.compile("==|!=|>=|<=|>|<");

	private static final Pattern NUMBER = Pattern.compile("(?<![\\w:.])\\d+([.]\\d+)?(?![\\w:.])");

	private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");

	private static final Pattern MATCHER = Pattern.compile("\\w+\\s*(=~|!~|!=|=)\\s*\"[^\"]*\"");

	/**
	 * All faults of a rule: comparisons turned around, numbers and thresholds ten times
	 * as large, matchers dropped, waiting times doubled.
	 * @param rule the rule as it should be
	 * @return a mutant for each fault
	 */
	static List<RuleMutant> of(Rule rule) {
		List<RuleMutant> mutants = new ArrayList<>();
		String expression = rule.expression();
		for (MatchResult comparison : outside(COMPARISON, expression)) {
			String flipped = Objects.requireNonNull(FLIPPED.get(comparison.group()));
			mutants.add(withExpression(rule,
					"%s turned to %s%s".formatted(comparison.group(), flipped, place(expression, comparison.start())),
					replaced(expression, comparison, flipped)));
		}
		for (MatchResult number : outside(NUMBER, expression)) {
			BigDecimal value = new BigDecimal(number.group());
			if (value.signum() != 0) {
				String tenfold = value.multiply(BigDecimal.TEN).toPlainString();
				mutants.add(withExpression(rule,
						"%s turned to %s%s".formatted(number.group(), tenfold, place(expression, number.start())),
						replaced(expression, number, tenfold)));
			}
		}
		for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
			for (MatchResult matcher : MATCHER.matcher(selector.group(1)).results().toList()) {
				String rest = replaced(selector.group(1), matcher, "").replaceAll("^\\s*,|,\\s*$|,\\s*(?=,)", "")
					.strip();
				mutants.add(withExpression(rule,
						"without %s%s".formatted(matcher.group(), place(expression, selector.start())),
						replaced(expression, selector, rest.isEmpty() ? "" : "{" + rest + "}")));
			}
		}
		for (String threshold : new TreeSet<>(Thresholds.readBy(rule))) {
			if (expression.contains(threshold)) {
				double value = Objects.requireNonNull(Thresholds.recorded().get(threshold));
				mutants.add(new RuleMutant(rule, threshold + " ten times as large", rule.source(),
						Map.of(threshold, value * 10)));
			}
		}
		for (String key : List.of("for", "keep_firing_for")) {
			if (rule.source().containsKey(key)) {
				String longer = longer(YamlFile.text(rule.source(), key));
				mutants.add(with(rule, "%s: %s".formatted(key, longer), key, longer));
			}
		}
		return mutants;
	}

	private static List<MatchResult> outside(Pattern pattern, String expression) {
		StringBuilder bare = new StringBuilder(expression);
		SKIPPED.matcher(expression)
			.results()
			.forEach((skipped) -> bare.replace(skipped.start(), skipped.end(),
					" ".repeat(skipped.end() - skipped.start())));
		return pattern.matcher(bare).results().toList();
	}

	private static String replaced(String text, MatchResult place, String replacement) {
		return text.substring(0, place.start()) + replacement + text.substring(place.end());
	}

	private static String place(String expression, int index) {
		long line = expression.substring(0, index).lines().count();
		return (expression.strip().lines().count() > 1) ? " in line " + Math.max(1, line) : "";
	}

	/**
	 * At once becomes a minute, all else twice as long.
	 */
	private static String longer(String duration) {
		if (duration.equals("0s")) {
			return "1m";
		}
		int unit = duration.length() - 1;
		return Integer.parseInt(duration.substring(0, unit)) * 2 + duration.substring(unit);
	}

	private static RuleMutant withExpression(Rule rule, String change, String expression) {
		return with(rule, change, "expr", expression);
	}

	private static RuleMutant with(Rule rule, String change, String key, String value) {
		Map<String, Object> source = new LinkedHashMap<>(rule.source());
		source.put(key, value);
		return new RuleMutant(rule, change, source, Map.of());
	}

	@Override
	public String toString() {
		return "%s (%s): %s".formatted(this.rule.name(), this.rule.file(), this.change);
	}

}
