package io.monitoringstack.pushgatewayproxy.limits;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How often a job may push.
 *
 * @param text the rate as written
 * @param intervalNanos time between pushes at that rate
 * @param burst pushes that may come at once after a silence
 */
record PushRate(String text, long intervalNanos, int burst) {

	static final int MOST = 100_000;

	private static final Pattern FORM = Pattern.compile("(\\d{1,6})/([smh])");

	/**
	 * Reads a rate.
	 * @param text for example {@code 10/s}, {@code 60/m} or {@code 5/h}
	 * @return the rate, with as large a burst as its number, or {@code null} if the text
	 * is none
	 */
	static @Nullable PushRate read(String text) {
		Matcher form = FORM.matcher(text);
		int number = form.matches() ? Integer.parseInt(form.group(1)) : 0;
		if (number < 1 || number > MOST) {
			return null;
		}
		TimeUnit unit = switch (form.group(2)) {
			case "s" -> TimeUnit.SECONDS;
			case "m" -> TimeUnit.MINUTES;
			default -> TimeUnit.HOURS;
		};
		return new PushRate(text, unit.toNanos(1) / number, number);
	}

	PushRate withBurst(int most) {
		return new PushRate(this.text, this.intervalNanos, most);
	}

	/**
	 * How far pushes may run ahead of the rate.
	 * @return the time in nanoseconds
	 */
	long toleranceNanos() {
		return this.intervalNanos * (this.burst - 1);
	}

}
