package io.monitoringstack.stacktests.running;

import java.time.Duration;
import java.util.Locale;

/**
 * Figures and reasons for the reader of the build's output.
 */
final class Report {

	private Report() {
	}

	static void line(String text) {
		System.out.println("[stack] " + text);
	}

	static void seconds(String what, Duration duration) {
		line(String.format(Locale.ROOT, "%s: %.1f s", what, duration.toMillis() / 1000.0));
	}

}
