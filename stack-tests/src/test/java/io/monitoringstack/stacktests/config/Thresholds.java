package io.monitoringstack.stacktests.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures that people change: {@code config/rules/thresholds.yml}.
 */
final class Thresholds {

	static final String FILE = "thresholds.yml";

	private static final Pattern NAME = Pattern.compile("(?<![\\w:])threshold:[a-z0-9_]+:[a-z_]+");

	private static final Pattern RECORDED = Pattern
		.compile("max\\(local:(?<name>[\\w:]+)\\) or vector\\((?<value>[\\d.]+)\\)");

	private Thresholds() {
	}

	/**
	 * Return the thresholds as they are without a local one.
	 * @return values by name, in the order of the file
	 */
	static Map<String, Double> recorded() {
		Map<String, Double> values = new LinkedHashMap<>();
		Rule.recordings().filter((rule) -> rule.file().equals(FILE)).forEach((rule) -> {
			Matcher matcher = RECORDED.matcher(rule.expression());
			if (!matcher.matches() || !matcher.group("name").equals(rule.name())) {
				throw new IllegalStateException("%s is not 'max(local:%s) or vector(NUMBER)' but '%s'".formatted(rule,
						rule, rule.expression()));
			}
			values.put(rule.name(), Double.valueOf(matcher.group("value")));
		});
		return values;
	}

	/**
	 * Return the thresholds that a rule names, be it in its expression or in its words.
	 * @param rule rule that is looked at
	 * @return names
	 */
	static Set<String> readBy(Rule rule) {
		Set<String> names = new TreeSet<>();
		Matcher matcher = NAME.matcher(rule.expression() + rule.annotations());
		while (matcher.find()) {
			names.add(matcher.group());
		}
		return names;
	}

}
