package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The moment by which a request has to be answered.
 */
public final class Deadline {

	private final LongSupplier nanoTime;

	private final long end;

	private Deadline(LongSupplier nanoTime, long end) {
		this.nanoTime = nanoTime;
		this.end = end;
	}

	public static Deadline after(Duration budget) {
		return after(budget, System::nanoTime);
	}

	static Deadline after(Duration budget, LongSupplier nanoTime) {
		return new Deadline(nanoTime, nanoTime.getAsLong() + budget.toNanos());
	}

	// Returns the time left, zero when it is over.
	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - this.nanoTime.getAsLong()));
	}

}
