package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets messages to one hook pass one at a time and with a pause between them. Urgent ones
 * pass first, then in the order in which they came. Assumes that nobody else posts to the
 * hook.
 */
final class HookGate {

	private static final AtomicLong tickets = new AtomicLong();

	private final long pauseNanos;

	private final LongSupplier nanoTime;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final PriorityQueue<Ticket> waiting = new PriorityQueue<>();

	private boolean busy;

	private long freeAt;

	HookGate(Duration pause) {
		this(pause, System::nanoTime);
	}

	HookGate(Duration pause, LongSupplier nanoTime) {
		this.pauseNanos = pause.toNanos();
		this.nanoTime = nanoTime;
		this.freeAt = nanoTime.getAsLong();
	}

	/**
	 * Waits for the turn of this ticket.
	 * @param ticket place in the row
	 * @param patience how long to wait at most
	 * @return whether it is its turn now; then {@link #leave} has to be called
	 * @throws InterruptedException if the thread is told to stop
	 */
	boolean enter(Ticket ticket, Duration patience) throws InterruptedException {
		long latest = this.nanoTime.getAsLong() + patience.toNanos();
		this.lock.lockInterruptibly();
		try {
			if (earliestTurn(ticket) - latest > 0) {
				return false;
			}
			this.waiting.add(ticket);
			try {
				return await(ticket, latest);
			}
			finally {
				this.waiting.remove(ticket);
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Those who cannot be served in time are told at once, so that they hold no memory.
	private long earliestTurn(Ticket ticket) {
		long before = this.waiting.stream().filter((other) -> other.compareTo(ticket) < 0).count();
		long now = this.nanoTime.getAsLong();
		long free = this.busy ? now + this.pauseNanos : Math.max(0, this.freeAt - now) + now;
		return free + before * this.pauseNanos;
	}

	private boolean await(Ticket ticket, long latest) throws InterruptedException {
		while (true) {
			long now = this.nanoTime.getAsLong();
			boolean next = !this.busy && this.waiting.peek() == ticket;
			if (next && now - this.freeAt >= 0) {
				this.busy = true;
				return true;
			}
			if (now - latest >= 0) {
				return false;
			}
			long until = (next && this.freeAt - latest < 0) ? this.freeAt : latest;
			this.changed.awaitNanos(until - now);
		}
	}

	/**
	 * Ends a turn.
	 * @param rest pause that Dooray asked for, on top of the usual one when longer
	 */
	void leave(Duration rest) {
		this.lock.lock();
		try {
			this.busy = false;
			this.freeAt = this.nanoTime.getAsLong() + Math.max(this.pauseNanos, rest.toNanos());
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	int waiting() {
		this.lock.lock();
		try {
			return this.waiting.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A place in the row. A retry with the same ticket keeps its place.
	 *
	 * @param urgent whether it goes before all that are not
	 * @param number order of arrival
	 */
	record Ticket(boolean urgent, long number) implements Comparable<Ticket> {

		private static final Comparator<Ticket> ORDER = Comparator.comparing((Ticket ticket) -> !ticket.urgent())
			.thenComparing(Ticket::number);

		static Ticket draw(boolean urgent) {
			return new Ticket(urgent, tickets.incrementAndGet());
		}

		@Override
		public int compareTo(Ticket other) {
			return ORDER.compare(this, other);
		}

	}

}
