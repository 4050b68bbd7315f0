package io.monitoringstack.pushgatewayproxy.groups;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * How long groups live that are not pushed to. Zero is for ever.
 */
final class TtlRules {

	/** Below that a group would be gone before it was scraped. */
	static final Duration SHORTEST = Duration.ofMinutes(1);

	private final Duration usual;

	private final List<Map.Entry<JobPattern, Duration>> jobs;

	TtlRules(Duration usual, String jobs) {
		this.usual = checked(usual, "PUSH_TTL");
		this.jobs = parse(jobs);
	}

	boolean isActive() {
		return !this.usual.isZero() || this.jobs.stream().anyMatch((rule) -> !rule.getValue().isZero());
	}

	/**
	 * The shortest life of a group.
	 * @return the shortest, or {@code null} if no group ends
	 */
	@Nullable Duration shortest() {
		Duration shortest = this.usual.isZero() ? null : this.usual;
		for (Map.Entry<JobPattern, Duration> rule : this.jobs) {
			Duration ttl = rule.getValue();
			if (!ttl.isZero() && (shortest == null || ttl.compareTo(shortest) < 0)) {
				shortest = ttl;
			}
		}
		return shortest;
	}

	/**
	 * How long a group lives.
	 * @param key the group
	 * @return the life of the first pattern that its job fits, or the usual one
	 */
	Duration ttl(GroupingKey key) {
		for (Map.Entry<JobPattern, Duration> rule : this.jobs) {
			if (rule.getKey().matches(key.job())) {
				return rule.getValue();
			}
		}
		return this.usual;
	}

	/**
	 * Reads a life.
	 * @param text for example {@code 36h}, {@code 7d}, seconds without a unit, or
	 * {@code never}
	 * @return the life, or {@code null} if the text is none
	 */
	static @Nullable Duration read(String text) {
		String value = text.strip().toLowerCase(Locale.ROOT);
		if (value.equals("never") || value.equals("off")) {
			return Duration.ZERO;
		}
		try {
			Duration ttl = DurationStyle.SIMPLE.parse(value, ChronoUnit.SECONDS);
			return isSane(ttl) ? ttl : null;
		}
		catch (IllegalArgumentException | DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

	private static boolean isSane(Duration ttl) {
		return ttl.isZero() || ttl.compareTo(SHORTEST) >= 0;
	}

	private static Duration checked(Duration ttl, String variable) {
		if (!isSane(ttl)) {
			throw new IllegalArgumentException(
					variable + " must be at least one minute, or 0s for no end; it is " + ttl.toSeconds() + "s");
		}
		return ttl;
	}

	private static List<Map.Entry<JobPattern, Duration>> parse(String jobs) {
		List<Map.Entry<JobPattern, Duration>> rules = new ArrayList<>();
		for (String rule : jobs.split(",")) {
			if (rule.isBlank()) {
				continue;
			}
			int equals = rule.lastIndexOf('=');
			Duration ttl = (equals > 0) ? read(rule.substring(equals + 1)) : null;
			if (ttl == null) {
				throw new IllegalArgumentException(
						"PUSH_TTL_JOBS must look like nightly-*=48h,ci-*=1h,base=never with at least one minute each; this part does not: "
								+ rule.strip());
			}
			rules.add(Map.entry(new JobPattern(rule.substring(0, equals).strip()), ttl));
		}
		return List.copyOf(rules);
	}

}
