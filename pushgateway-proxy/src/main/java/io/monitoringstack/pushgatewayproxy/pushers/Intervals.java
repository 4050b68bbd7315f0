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

	/**
	 * More frequent pushes come from services that run, not from jobs that are waited
	 * for.
	 */
	private static final double SHORTEST_SECONDS = 30;

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
		return (kept < ENOUGH) ? null : sorted(kept)[kept / 2] / 1000.0;
	}

	/**
	 * Whether the next push can be waited for: there are enough intervals, and all but
	 * the shortest and the longest are alike.
	 * @return whether pushes come as by a clock
	 */
	boolean isRegular() {
		if (this.count < KEPT) {
			return false;
		}
		int[] sorted = sorted(KEPT);
		return sorted[KEPT / 2] >= SHORTEST_SECONDS * 1000 && sorted[KEPT - 2] <= 2L * sorted[1];
	}

	private int[] sorted(int kept) {
		int[] sorted = Arrays.copyOf(this.millis, kept);
		Arrays.sort(sorted);
		return sorted;
	}

}
