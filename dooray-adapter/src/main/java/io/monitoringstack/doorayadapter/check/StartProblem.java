package io.monitoringstack.doorayadapter.check;

import java.util.List;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;

/**
 * Says in a sentence why the service would not start. Only texts of our own are passed on
 * whole: those of others may hold a value, and a value may be a secret.
 */
final class StartProblem {

	private static final String OURS = "io.monitoringstack.";

	private StartProblem() {
	}

	static List<String> sentences(Throwable failure) {
		String property = "";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindException bind) {
				property = "The setting " + bind.getName() + " cannot be used. ";
			}
			if (cause instanceof BindValidationException invalid) {
				return invalid.getValidationErrors()
					.getAllErrors()
					.stream()
					.map((error) -> "A setting is wrong: %s.".formatted(String.valueOf(error.getDefaultMessage())))
					.toList();
			}
			if (isOurs(cause)) {
				return List.of(String.valueOf(cause.getMessage()));
			}
		}
		return List.of(!property.isEmpty() ? property.strip()
				: "The service does not start: %s. Start it without --check to see more."
					.formatted(failure.getClass().getSimpleName()));
	}

	// Our records and classes throw plain exceptions: told by who threw them.
	private static boolean isOurs(Throwable cause) {
		StackTraceElement[] trace = cause.getStackTrace();
		boolean thrown = trace.length > 0 && trace[0].getClassName().startsWith(OURS);
		return cause.getClass().getName().startsWith(OURS) || (thrown && cause instanceof IllegalArgumentException);
	}

}
