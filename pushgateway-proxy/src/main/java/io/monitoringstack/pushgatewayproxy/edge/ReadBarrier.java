package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes readers wait until Pushgateway has stored what it accepted before they came. An
 * unchecked Pushgateway answers first and stores later. Readers that come together wait
 * together; without a push since the last reader nobody waits.
 */
final class ReadBarrier {

	/** Longest pause between two waits for Pushgateway. */
	private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

	private final Mono<Void> drain;

	private final Duration patience;

	private final AtomicLong staleReads = new AtomicLong();

	private Duration lastRound = Duration.ZERO;

	private long written;

	private long stored;

	private @Nullable Round running;

	/**
	 * Creates a barrier.
	 * @param drain waits for Pushgateway
	 * @param patience longest time a reader waits
	 */
	ReadBarrier(Mono<Void> drain, Duration patience) {
		this.drain = drain;
		this.patience = patience;
	}

	/**
	 * Notes that Pushgateway accepted something.
	 */
	synchronized void written() {
		this.written++;
	}

	/**
	 * Waits until what was accepted before is stored.
	 * @return whether it is; if not, that could not be made out in time
	 */
	Mono<Boolean> stored() {
		return Mono.defer(() -> {
			synchronized (this) {
				return stored(this.written, true);
			}
		}).thenReturn(true).timeout(this.patience).onErrorResume((ex) -> {
			this.staleReads.incrementAndGet();
			return Mono.just(false);
		});
	}

	/**
	 * Readers who could not be told that they see everything.
	 * @return their number so far
	 */
	long staleReads() {
		return this.staleReads.get();
	}

	private Mono<Void> stored(long wanted, boolean again) {
		Round round;
		boolean joined;
		Duration pause;
		synchronized (this) {
			if (this.stored >= wanted) {
				return Mono.empty();
			}
			round = this.running;
			joined = round != null;
			if (round == null) {
				round = new Round(this.written);
				this.running = round;
			}
			pause = this.lastRound;
		}
		if (round.covers >= wanted) {
			// Who joins a round shortly before it fails has waited for nothing yet.
			return (joined && again) ? round.done.onErrorResume((ex) -> stored(wanted, false)) : round.done;
		}
		return round.done.onErrorComplete().then(Mono.delay(pause)).then(Mono.defer(() -> stored(wanted, again)));
	}

	// Readers, however many, take at most half of Pushgateway's time: the pause behind a
	// round is as long as the round.
	private synchronized void ended(Round round, boolean successful) {
		if (successful) {
			this.stored = Math.max(this.stored, round.covers);
		}
		Duration took = Duration.ofNanos(System.nanoTime() - round.start);
		this.lastRound = (took.compareTo(LONGEST_PAUSE) < 0) ? took : LONGEST_PAUSE;
		this.running = null;
	}

	/**
	 * One wait for Pushgateway, shared by all who wait for it.
	 */
	private final class Round {

		private final long covers;

		private final long start = System.nanoTime();

		private final Mono<Void> done;

		Round(long covers) {
			this.covers = covers;
			this.done = ReadBarrier.this.drain.doOnSuccess((none) -> ended(this, true))
				.doOnError((ex) -> ended(this, false))
				.cache();
		}

	}

}
