package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code docker-compose.yml} as it was written, with anchors resolved and variables left
 * alone.
 */
final class Compose {

	static final String FILE = "docker-compose.yml";

	/**
	 * A variable, with or without default; defaults may hold variables themselves.
	 */
	private static final Pattern VARIABLE = Pattern
		.compile("(?<!\\$)\\$\\{([A-Z][A-Z0-9_]*)(?::?-((?:[^{}]|\\{[^{}]*})*))?}");

	private Compose() {
	}

	static Map<String, Object> file() {
		return YamlFile.read(FILE);
	}

	static Map<String, Object> services() {
		return YamlFile.map(file(), "services");
	}

	static Map<String, Object> service(String name) {
		Map<String, Object> service = YamlFile.map(services(), name);
		if (service.isEmpty()) {
			throw new IllegalArgumentException("no service " + name);
		}
		return service;
	}

	/**
	 * Services that are built here.
	 */
	static List<String> ourServices() {
		return services().keySet().stream().filter((name) -> service(name).containsKey("build")).toList();
	}

	/**
	 * Variables that the file reads, with the defaults it gives; more than one default is
	 * a mistake.
	 */
	static Map<String, List<String>> variables() {
		return VARIABLE.matcher(textWithNestedDefaults())
			.results()
			.collect(Collectors.groupingBy((match) -> match.group(1), TreeMap::new,
					Collectors.mapping((match) -> expand((match.group(2) != null) ? match.group(2) : ""), Collectors
						.collectingAndThen(Collectors.toList(), (defaults) -> defaults.stream().distinct().toList()))));
	}

	/**
	 * The value with each variable replaced by its default.
	 */
	static String expand(String value) {
		Matcher variable = VARIABLE.matcher(value);
		return variable
			.replaceAll((match) -> Matcher.quoteReplacement((match.group(2) != null) ? expand(match.group(2)) : ""));
	}

	/**
	 * Variables inside of defaults once more at the end, where the pattern finds them as
	 * well.
	 */
	private static String textWithNestedDefaults() {
		String text = Repository.read(FILE).replaceAll("(?m)^\\s*#.*$", "");
		return text
				+ VARIABLE.matcher(text).results().map((match) -> "\n" + match.group(2)).collect(Collectors.joining());
	}

}
