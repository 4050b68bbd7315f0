package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes readers wait until Pushgateway has stored what it accepted before they came. An
 * unchecked Pushgateway answers first and stores later. Readers that come together wait
 * together; without a push since the last reader nobody waits.
 */
final class ReadBarrier {

	/** So that readers, however many, take a bounded part of Pushgateway's time. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final Mono<Void> drain;

	private long written;

	private long stored;

	private @Nullable Round running;

	ReadBarrier(Mono<Void> drain) {
		this.drain = drain;
	}

	/**
	 * Notes that Pushgateway accepted something.
	 */
	synchronized void written() {
		this.written++;
	}

	/**
	 * Waits until what was accepted before is stored.
	 * @return completes when it is
	 */
	Mono<Void> stored() {
		return Mono.defer(() -> {
			synchronized (this) {
				return stored(this.written);
			}
		});
	}

	private Mono<Void> stored(long wanted) {
		Round round;
		synchronized (this) {
			if (this.stored >= wanted) {
				return Mono.empty();
			}
			round = this.running;
			if (round == null) {
				round = new Round(this.written);
				this.running = round;
			}
		}
		if (round.covers >= wanted) {
			return round.done;
		}
		return round.done.onErrorComplete().then(Mono.delay(PAUSE)).then(Mono.defer(() -> stored(wanted)));
	}

	private synchronized void ended(Round round, boolean successful) {
		if (successful) {
			this.stored = Math.max(this.stored, round.covers);
		}
		this.running = null;
	}

	/**
	 * One wait for Pushgateway, shared by all who wait for it.
	 */
	private final class Round {

		private final long covers;

		private final Mono<Void> done;

		Round(long covers) {
			this.covers = covers;
			this.done = ReadBarrier.this.drain.doOnSuccess((none) -> ended(this, true))
				.doOnError((ex) -> ended(this, false))
				.cache();
		}

	}

}
