package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Outcome;

/**
 * Leaves a Dooray alone that failed several times in a row, so that waiting requests are
 * answered at once. The first message after the pause is the probe: one more failure and
 * the pause begins anew. Refusals are no failures: whoever refuses is there.
 */
final class Breaker {

	private final int most;

	private final long pauseNanos;

	private final LongSupplier nanoTime;

	private int failures;

	private long openUntil;

	Breaker(int failures, Duration pause) {
		this(failures, pause, System::nanoTime);
	}

	Breaker(int failures, Duration pause, LongSupplier nanoTime) {
		this.most = failures;
		this.pauseNanos = pause.toNanos();
		this.nanoTime = nanoTime;
	}

	// Returns how long nothing may be sent, zero when something may be.
	synchronized Duration closedFor() {
		if (this.failures < this.most) {
			return Duration.ZERO;
		}
		return Duration.ofNanos(Math.max(0, this.openUntil - this.nanoTime.getAsLong()));
	}

	synchronized void became(Outcome outcome) {
		if (outcome instanceof Outcome.Failed failed && down(failed.reason())) {
			this.failures = Math.min(this.most, this.failures + 1);
			this.openUntil = this.nanoTime.getAsLong() + this.pauseNanos;
		}
		else {
			this.failures = 0;
		}
	}

	private static boolean down(FailureReason reason) {
		return switch (reason) {
			case CONNECT_ERROR, SERVER_ERROR, NO_ANSWER -> true;
			default -> false;
		};
	}

	// Returns 0 while messages pass, 1 while the next one is a probe, 2 while none
	// passes.
	synchronized int state() {
		if (this.failures < this.most) {
			return 0;
		}
		return closedFor().isZero() ? 1 : 2;
	}

}
