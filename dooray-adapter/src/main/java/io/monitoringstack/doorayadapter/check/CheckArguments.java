package io.monitoringstack.doorayadapter.check;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param file file with the body of a webhook, <code>-</code> for standard input,
 * {@code null} for the built-in one
 * @param probe channel whose limits are to be learned, {@code null} when none
 * @param sure whether the probe may send
 * @param others arguments for the service
 */
record CheckArguments(@Nullable String file, @Nullable String probe, boolean sure, List<String> others) {

	static final String CHECK = "--check";

	static final String USAGE = "Usage: --check [FILE | -] [--probe CHANNEL [--yes]]";

	/**
	 * Reads the arguments.
	 * @param arguments as given
	 * @return what they ask for
	 * @throws IllegalArgumentException if they cannot be understood
	 */
	static CheckArguments of(String... arguments) {
		String file = null;
		String probe = null;
		boolean sure = false;
		List<String> others = new ArrayList<>();
		for (int i = 0; i < arguments.length; i++) {
			String argument = arguments[i];
			switch (argument) {
				case CHECK -> {
				}
				case "--yes" -> sure = true;
				case "--probe" -> {
					if (++i == arguments.length || arguments[i].startsWith("-")) {
						throw new IllegalArgumentException("--probe needs the name of a channel.");
					}
					probe = arguments[i];
				}
				default -> {
					if (argument.startsWith("--") && argument.contains("=")) {
						others.add(argument);
					}
					else if (file == null && (argument.equals("-") || !argument.startsWith("-"))) {
						file = argument;
					}
					else {
						throw new IllegalArgumentException("Not understood: " + argument);
					}
				}
			}
		}
		if (sure && probe == null) {
			throw new IllegalArgumentException("--yes belongs to --probe.");
		}
		return new CheckArguments(file, probe, sure, List.copyOf(others));
	}

}
