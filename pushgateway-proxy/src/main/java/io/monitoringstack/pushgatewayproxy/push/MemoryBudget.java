package io.monitoringstack.pushgatewayproxy.push;

import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;

/**
 * Bounds the memory that pushes under way take together, whatever their number.
 */
final class MemoryBudget {

	/** What a push takes besides its body, roughly: buffers, headers, objects. */
	static final int PER_PUSH = 4096;

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	MemoryBudget(long limit) {
		this.limit = limit;
	}

	Lease open() {
		Lease lease = new Lease();
		lease.take(PER_PUSH);
		return lease;
	}

	long held() {
		return this.held.get();
	}

	/**
	 * The part of the budget that one push has taken.
	 */
	final class Lease {

		private long taken;

		private boolean closed;

		private Lease() {
		}

		synchronized void take(int bytes) {
			// A check that runs elsewhere may go on for a moment after its client has
			// left.
			if (this.closed || MemoryBudget.this.held.addAndGet(bytes) > MemoryBudget.this.limit) {
				MemoryBudget.this.held.addAndGet(this.closed ? 0 : -bytes);
				throw Refusal.retryLater(429, Reason.BUSY,
						"Too many pushes are under way at this moment. Nothing was stored; push again in a few seconds.")
					.asException();
			}
			this.taken += bytes;
		}

		synchronized void close() {
			MemoryBudget.this.held.addAndGet(-this.taken);
			this.taken = 0;
			this.closed = true;
		}

	}

}
