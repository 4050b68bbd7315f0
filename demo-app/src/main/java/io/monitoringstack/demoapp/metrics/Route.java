package io.monitoringstack.demoapp.metrics;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The {@code route} label: the template of the path, never the path itself, so that the
 * number of series stays small whatever visitors ask for.
 */
final class Route {

	/**
	 * Everything that nothing answers.
	 */
	static final String UNMATCHED = "unmatched";

	/**
	 * The page and its files.
	 */
	static final String STATIC = "static";

	private static final List<String> NOT_VISITED = List.of("/actuator", "/chaos", "/health", "/metrics");

	private static final int NOT_FOUND = 404;

	private Route() {
	}

	/**
	 * Returns the label of a request.
	 * @param pattern pattern of the handler that answered, if any
	 * @param status status of the answer
	 * @return the label, or nothing for probes, scrapes and switches, which would hide
	 * what visitors see
	 */
	static Optional<String> of(@Nullable String pattern, int status) {
		if (pattern == null || pattern.equals("/**")) {
			return Optional.of((pattern == null || status == NOT_FOUND) ? UNMATCHED : STATIC);
		}
		if (NOT_VISITED.stream().anyMatch((root) -> pattern.equals(root) || pattern.startsWith(root + "/"))) {
			return Optional.empty();
		}
		return Optional.of(pattern.isEmpty() ? "/" : pattern);
	}

}
