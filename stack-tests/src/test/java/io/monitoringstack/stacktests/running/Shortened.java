package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shipped configuration of Prometheus and Alertmanager with every waiting time a
 * tenth as long, so that alerts can be watched as they come and go. Nothing else is
 * changed: the same rules, thresholds, routes.
 */
final class Shortened {

	/**
	 * Thresholds in seconds that are waited for. The others are measured, and half a
	 * second is no slow answer because a test is in a hurry.
	 */
	static final Set<String> WAITED = Set.of("threshold:container_age:seconds", "threshold:container_start:seconds",
			"threshold:batch_interval:seconds", "threshold:batch_grace_least:seconds",
			"threshold:batch_grace_most:seconds");

	static final Set<String> MEASURED = Set.of("threshold:response_time:seconds",
			"threshold:host_disk_full_within:seconds", "threshold:certificate_lifetime:seconds",
			"threshold:heartbeat_age:seconds", "threshold:selftest_way:seconds");

	private static final int FACTOR = 10;

	/**
	 * More often, a small machine would be busy with being watched.
	 */
	private static final long LEAST_INTERVAL = 3000;

	/**
	 * A rate needs a few samples; what is kept firing for the sake of such a window needs
	 * as long.
	 */
	private static final long LEAST_WINDOW = 12_000;

	private static final Pattern INTERVAL = Pattern
		.compile("(?m)^(\\s*(?:- )?(?:interval|scrape_interval|evaluation_interval|refresh_interval): )(\\d+[smhd])$");

	private static final Pattern WINDOW = Pattern.compile("(\\[)(\\d+[smhd])(?=])");

	private static final Pattern KEPT = Pattern.compile("(?m)^(\\s*keep_firing_for: )(\\d+[smhd])$");

	private static final Pattern WAIT = Pattern
		.compile("(?m)^(\\s*(?:for|group_wait|group_interval|repeat_interval): )(\\d+[smhd])$");

	private static final Pattern THRESHOLD = Pattern
		.compile("max\\(local:(threshold:\\w+:seconds)\\) or vector\\((\\d+)\\)");

	private Shortened() {
	}

	/**
	 * Shorten the text of a file of rules, of Prometheus' or of Alertmanager's
	 * configuration.
	 * @param text the file as it is shipped
	 * @return the same with shorter times
	 */
	static String text(String text) {
		String shorter = INTERVAL.matcher(text).replaceAll((match) -> with(match, LEAST_INTERVAL));
		shorter = WINDOW.matcher(shorter).replaceAll((match) -> with(match, LEAST_WINDOW));
		shorter = KEPT.matcher(shorter).replaceAll((match) -> with(match, LEAST_WINDOW));
		shorter = WAIT.matcher(shorter).replaceAll((match) -> with(match, 0));
		return THRESHOLD.matcher(shorter)
			.replaceAll((match) -> WAITED.contains(match.group(1)) ? "max(local:%s) or vector(%s)"
				.formatted(match.group(1), Long.parseLong(match.group(2)) / (double) FACTOR) : match.group());
	}

	/**
	 * Copy the configuration with shorter times.
	 * @param config the shipped folder
	 * @param scrape where Prometheus finds what it scrapes beside the core
	 * @param target where to put the copy
	 */
	static void copy(Path config, Path scrape, Path target) {
		copy(config, target);
		copy(scrape, target.resolve("scrape"));
	}

	private static void copy(Path from, Path to) {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path copy = to.resolve(from.relativize(file));
				Files.createDirectories(copy.getParent());
				Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
				if (from.relativize(file).toString().matches("(prometheus|alertmanager|rules/.*|scrape/.*)[.]?(yml)?")
						|| from.endsWith("scrape")) {
					edit(copy, Shortened::text);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void edit(Path file, UnaryOperator<String> change) throws IOException {
		Files.writeString(file, change.apply(Files.readString(file)));
	}

	private static String with(MatchResult match, long least) {
		long whole = millis(match.group(2));
		return match.group(1) + Math.max(whole / FACTOR, Math.min(whole, least)) + "ms";
	}

	private static long millis(String duration) {
		long number = Long.parseLong(duration.substring(0, duration.length() - 1));
		return number * switch (duration.charAt(duration.length() - 1)) {
			case 's' -> 1000;
			case 'm' -> 60_000;
			case 'h' -> 3_600_000;
			default -> 86_400_000;
		};
	}

}
