package io.monitoringstack.pushgatewayproxy.limits;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.settings.InvalidSettingsException;
import io.monitoringstack.pushgatewayproxy.settings.SettingLine;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The limits by job: the first line whose pattern a job fits counts.
 */
public final class LimitRules {

	private static final String EXAMPLE = "Write for example: ci-* size=1MB series=5000 rate=10/s burst=20";

	private static final int MOST_LINES = 1000;

	private final List<JobLimit> limits;

	private LimitRules(List<JobLimit> limits) {
		this.limits = limits;
	}

	/**
	 * Makes limits of lines.
	 * @param lines lines of the file
	 * @param maxBytes largest body for everybody, above which no line may go
	 * @param maxSeries most series for everybody, above which no line may go
	 * @return the limits
	 * @throws InvalidSettingsException if a line is not in order
	 */
	public static LimitRules parse(List<SettingLine> lines, DataSize maxBytes, int maxSeries) {
		if (lines.size() > MOST_LINES) {
			throw lines.get(MOST_LINES)
				.invalid("there are more than " + MOST_LINES + " limits. Use patterns such as ci-*.");
		}
		List<JobLimit> limits = new ArrayList<>();
		for (SettingLine line : lines) {
			limits.add(new LineReader(line, maxBytes, maxSeries).read());
		}
		return new LimitRules(List.copyOf(limits));
	}

	/**
	 * Finds the limits of a job.
	 * @param job name of the job
	 * @return the limits, or {@code null} if only those for everybody hold
	 */
	public @Nullable JobLimit find(String job) {
		for (JobLimit limit : this.limits) {
			if (limit.jobs().matches(job)) {
				return limit;
			}
		}
		return null;
	}

	private static final class LineReader {

		private final SettingLine line;

		private final DataSize maxBytes;

		private final int maxSeries;

		private @Nullable Long bytes;

		private @Nullable Integer series;

		private @Nullable PushRate rate;

		private @Nullable Integer burst;

		LineReader(SettingLine line, DataSize maxBytes, int maxSeries) {
			this.line = line;
			this.maxBytes = maxBytes;
			this.maxSeries = maxSeries;
		}

		JobLimit read() {
			if (this.line.first().contains("=")) {
				throw this.line.invalid("the first word must be a pattern of job names. " + EXAMPLE);
			}
			Set<String> names = new HashSet<>();
			for (String word : this.line.words().subList(1, this.line.words().size())) {
				int equals = word.indexOf('=');
				String name = (equals > 0) ? word.substring(0, equals) : word;
				if (!names.add(name)) {
					throw this.line.invalid(Excerpt.plain(name) + "= is there twice. Keep one.");
				}
				set(name, (equals > 0) ? word.substring(equals + 1) : "");
			}
			if (names.isEmpty()) {
				throw this.line.invalid("no limit follows the pattern. " + EXAMPLE);
			}
			return new JobLimit(new JobPattern(this.line.first()), this.line.number(), this.bytes, this.series,
					rateWithBurst());
		}

		private void set(String name, String value) {
			switch (name) {
				case "size" -> this.bytes = size(value);
				case "series" -> this.series = number(name, value, this.maxSeries, "PUSH_MAX_SERIES");
				case "rate" -> {
					this.rate = PushRate.read(value);
					if (this.rate == null) {
						throw unreadable(name, value, "as 10/s, 60/m or 5/h, with a number from 1 to " + PushRate.MOST);
					}
				}
				case "burst" -> this.burst = number(name, value, PushRate.MOST, "what is possible");
				default -> throw this.line.invalid(Excerpt.quoted(name) + " is no limit. " + EXAMPLE);
			}
		}

		private @Nullable PushRate rateWithBurst() {
			PushRate found = this.rate;
			Integer most = this.burst;
			if (most == null) {
				return found;
			}
			if (found == null) {
				throw this.line.invalid("burst= stands without rate=. " + EXAMPLE);
			}
			return found.withBurst(most);
		}

		private long size(String value) {
			DataSize size;
			try {
				size = DataSize.parse(value.toUpperCase(Locale.ROOT));
			}
			catch (IllegalArgumentException | ArithmeticException ex) {
				throw unreadable("size", value, "as 500KB, 1MB or a number of bytes");
			}
			if (size.toBytes() < 1) {
				throw unreadable("size", value, "as 500KB, 1MB or a number of bytes");
			}
			if (size.compareTo(this.maxBytes) > 0) {
				throw above("size", value, this.maxBytes.toBytes(), "PUSH_MAX_BYTES");
			}
			return size.toBytes();
		}

		private int number(String name, String value, int most, String limit) {
			if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < 1) {
				throw unreadable(name, value, "as a whole number from 1 on");
			}
			if (Integer.parseInt(value) > most) {
				throw above(name, value, most, limit);
			}
			return Integer.parseInt(value);
		}

		private InvalidSettingsException unreadable(String name, String value, String form) {
			return this.line
				.invalid(name + "=" + Excerpt.plain(value) + " is not readable. Write " + name + "= " + form + ".");
		}

		private InvalidSettingsException above(String name, String value, long most, String limit) {
			return this.line.invalid(name + "=" + Excerpt.plain(value) + " is above " + limit + " (" + most
					+ "), which holds for everybody. Write less, or raise that.");
		}

	}

}
