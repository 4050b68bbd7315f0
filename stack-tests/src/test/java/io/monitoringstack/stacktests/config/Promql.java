package io.monitoringstack.stacktests.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the metrics that a PromQL expression reads. It takes for granted that promtool
 * accepts the expression.
 */
final class Promql {

	private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\s*\\()(?![\\w:])");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2");

	private Promql() {
	}

	static Set<String> metrics(String expression) {
		String bare = expression.replaceAll("\"(?:\\\\.|[^\"\\\\])*\"", "")
			.replaceAll("#.*", "")
			.replaceAll("\\{[^}]*}", "")
			.replaceAll("\\[[^]]*]", "")
			.replaceAll("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", "");
		Set<String> metrics = new TreeSet<>();
		Matcher names = NAME.matcher(bare);
		while (names.find()) {
			if (!WORDS.contains(names.group())) {
				metrics.add(names.group());
			}
		}
		return metrics;
	}

}
