package io.monitoringstack.doorayadapter.trend;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what an alert measures in the address of its query.
 */
final class Expression {

	/** Longer ones are not worth the work they may make. */
	private static final int LONGEST = 2000;

	/**
	 * A comparison with a number at the end, or with <code>scalar(…)</code> of one
	 * series.
	 */
	private static final Pattern COMPARISON = Pattern.compile(
			"(?<measured>.+?)\\s*(?:==|!=|>=|<=|>|<)\\s*(?:[-+]?[0-9.]+(?:e[-+]?\\d+)?|scalar\\([A-Za-z0-9_:]+\\))\\s*",
			Pattern.DOTALL);

	private static final Pattern SEVERAL = Pattern.compile("(?i)\\b(?:and|or|unless|bool|offset)\\b|[<>!=]=|[<>]");

	private static final Pattern IN_BRACES_OR_QUOTES = Pattern
		.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|\\{[^}]*+}");

	private Expression() {
	}

	/**
	 * Reads the expression of an alert.
	 * @param generatorUrl address of the query as Prometheus writes it
	 * @return what is measured, without the comparison where that is plain to see;
	 * nothing when the address holds none
	 */
	static Optional<String> of(String generatorUrl) {
		try {
			String query = new URI(generatorUrl.strip()).getRawQuery();
			if (query == null) {
				return Optional.empty();
			}
			for (String parameter : query.split("&")) {
				if (parameter.startsWith("g0.expr=")) {
					String expression = URLDecoder
						.decode(parameter.substring("g0.expr=".length()), StandardCharsets.UTF_8)
						.strip();
					boolean usable = !expression.isEmpty() && expression.length() <= LONGEST;
					return usable ? Optional.of(measured(expression)) : Optional.empty();
				}
			}
			return Optional.empty();
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	// With the comparison, Prometheus tells only the moments at which it held.
	private static String measured(String expression) {
		Matcher comparison = COMPARISON.matcher(expression);
		if (!comparison.matches()) {
			return expression;
		}
		String measured = comparison.group("measured").strip();
		String bare = IN_BRACES_OR_QUOTES.matcher(measured).replaceAll("");
		boolean whole = bare.chars().filter((c) -> c == '(').count() == bare.chars().filter((c) -> c == ')').count();
		return (whole && !SEVERAL.matcher(bare).find()) ? measured : expression;
	}

}
