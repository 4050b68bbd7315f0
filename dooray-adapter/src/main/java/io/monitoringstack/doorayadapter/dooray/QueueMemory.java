package io.monitoringstack.doorayadapter.dooray;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of all that waits, by an estimate. Critical alerts may use the last
 * fifth, which is closed to others.
 */
final class QueueMemory {

	private final long most;

	private final AtomicLong used = new AtomicLong();

	QueueMemory(long most) {
		this.most = most;
	}

	boolean take(Waiting one) {
		long limit = one.parcel().urgent() ? this.most : this.most / 5 * 4;
		if (this.used.addAndGet(one.bytes()) > limit) {
			this.used.addAndGet(-one.bytes());
			return false;
		}
		return true;
	}

	void give(Waiting one) {
		this.used.addAndGet(-one.bytes());
	}

	long used() {
		return this.used.get();
	}

}
