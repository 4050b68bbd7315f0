package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The last few intervals between pushes. The median bears a run by hand now and then.
 */
final class Intervals {

	private static final int KEPT = 9;

	private static final int ENOUGH = 3;

	private final int[] millis = new int[KEPT];

	private int count;

	void add(Duration interval) {
		long value = Math.max(0, Math.min(Integer.MAX_VALUE, interval.toMillis()));
		this.millis[this.count++ % KEPT] = (int) value;
		if (this.count == 2 * KEPT) {
			this.count = KEPT;
		}
	}

	@Nullable Double medianSeconds() {
		int kept = Math.min(this.count, KEPT);
		if (kept < ENOUGH) {
			return null;
		}
		int[] sorted = Arrays.copyOf(this.millis, kept);
		Arrays.sort(sorted);
		return sorted[kept / 2] / 1000.0;
	}

}
