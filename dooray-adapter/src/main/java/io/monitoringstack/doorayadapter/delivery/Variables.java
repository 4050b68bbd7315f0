package io.monitoringstack.doorayadapter.delivery;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Finds variables that have the name of a channel in theirs, so that no binding knows
 * them beforehand.
 */
public final class Variables {

	private Variables() {
	}

	/**
	 * Finds the variables of a kind. What is empty counts as unset.
	 * @param environment where they are
	 * @param name what their names, in upper case with underscores, look like
	 * @return value by such a name, in the order of precedence
	 */
	public static Map<String, String> matching(ConfigurableEnvironment environment, Pattern name) {
		Map<String, String> found = new LinkedHashMap<>();
		environment.getPropertySources()
			.stream()
			.filter(EnumerablePropertySource.class::isInstance)
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.forEach((property) -> {
				String variable = property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
				String value = environment.getProperty(property, "").strip();
				if (name.matcher(variable).matches() && !value.isEmpty()) {
					found.putIfAbsent(variable, value);
				}
			});
		return found;
	}

}
