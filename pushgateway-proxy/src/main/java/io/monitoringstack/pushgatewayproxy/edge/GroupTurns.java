package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets one at a time work on a group, in the order of coming. Groups do not wait for each
 * other. What is kept for a group ends with its last turn.
 */
final class GroupTurns {

	private final Map<GroupingKey, ArrayDeque<Sinks.One<Turn>>> waiting = new HashMap<>();

	private final Duration patience;

	GroupTurns(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Waits for a turn, which must be ended. Must not be cancelled.
	 * @param key the group
	 * @return the turn
	 */
	Mono<Turn> next(GroupingKey key) {
		return Mono.defer(() -> {
			Sinks.One<Turn> place;
			synchronized (this.waiting) {
				ArrayDeque<Sinks.One<Turn>> queue = this.waiting.get(key);
				if (queue == null) {
					this.waiting.put(key, new ArrayDeque<>(0));
					return Mono.just(new Turn(key));
				}
				place = Sinks.one();
				queue.add(place);
			}
			return place.asMono()
				.timeout(this.patience)
				.onErrorResume(TimeoutException.class, (ex) -> giveUp(key, place));
		});
	}

	int groups() {
		synchronized (this.waiting) {
			return this.waiting.size();
		}
	}

	private Mono<Turn> giveUp(GroupingKey key, Sinks.One<Turn> place) {
		synchronized (this.waiting) {
			ArrayDeque<Sinks.One<Turn>> queue = this.waiting.get(key);
			if (queue == null || !queue.remove(place)) {
				// The turn came at the same moment.
				return place.asMono();
			}
		}
		return Mono.error(Refusal
			.retryLater(503, Reason.UPSTREAM_SLOW,
					"Earlier pushes to this group have not ended. Nothing was stored; push again in a few seconds.")
			.asException());
	}

	private void pass(GroupingKey key) {
		Sinks.One<Turn> next;
		synchronized (this.waiting) {
			ArrayDeque<Sinks.One<Turn>> queue = this.waiting.get(key);
			next = (queue != null) ? queue.poll() : null;
			if (next == null) {
				this.waiting.remove(key);
				return;
			}
		}
		next.tryEmitValue(new Turn(key));
	}

	/**
	 * The right to work on a group. Ends once.
	 */
	final class Turn {

		private final GroupingKey key;

		private boolean ended;

		private boolean kept;

		Turn(GroupingKey key) {
			this.key = key;
		}

		/**
		 * Keeps the turn beyond the push it was given for.
		 */
		synchronized void keep() {
			this.kept = true;
		}

		/**
		 * Ends the turn unless it is kept.
		 */
		void end() {
			synchronized (this) {
				if (this.kept || this.ended) {
					return;
				}
				this.ended = true;
			}
			pass(this.key);
		}

		/**
		 * Ends a turn that was kept.
		 */
		void endKept() {
			synchronized (this) {
				this.kept = false;
			}
			end();
		}

	}

}
