package io.monitoringstack.pushgatewayproxy.edge;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.MetricIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives a Pushgateway that was started anew what it had accepted and its file does not
 * have. That happens before the index is built, so while no push goes on.
 */
final class Replay {

	private static final Logger logger = LoggerFactory.getLogger(Replay.class);

	private static final int GROUPS_AT_A_TIME = 8;

	private final PushStore store;

	private final AcceptedPushes accepted;

	private final AtomicLong replayed = new AtomicLong();

	private final AtomicLong refused = new AtomicLong();

	private volatile @Nullable String complete;

	Replay(PushStore store, AcceptedPushes accepted) {
		this.store = store;
		this.accepted = accepted;
	}

	/**
	 * Sends what is missing, once for each run of Pushgateway.
	 * @param startTime when the run began
	 * @return completes when all is sent; fails if it could not be
	 */
	Mono<Void> into(String startTime) {
		return Mono.defer(() -> {
			String known = this.complete;
			if (startTime.equals(known)) {
				return Mono.empty();
			}
			// The first run is the one that was there when the proxy started.
			Mono<Void> sent = (known != null && this.accepted.isOn()) ? this.store.readPushTimes()
				.flatMap((pushTimes) -> sendAll(this.accepted.missing(pushTimes), startTime)) : Mono.empty();
			return sent.doOnSuccess((none) -> this.complete = startTime);
		});
	}

	/**
	 * Groups that were sent again.
	 * @return their number so far
	 */
	long replayed() {
		return this.replayed.get();
	}

	/**
	 * Groups that Pushgateway did not take again.
	 * @return their number so far
	 */
	long refused() {
		return this.refused.get();
	}

	private Mono<Void> sendAll(Map<GroupingKey, List<StoreRequest>> missing, String startTime) {
		return Flux.fromIterable(missing.entrySet())
			.flatMap((group) -> send(group.getKey(), group.getValue(), startTime), GROUPS_AT_A_TIME)
			.then(Mono.fromRunnable(() -> {
				if (!missing.isEmpty()) {
					logger.info("Pushgateway was started anew, and was given again what it did not have: groups={}",
							missing.size());
				}
			}));
	}

	private Mono<Void> send(GroupingKey key, List<StoreRequest> requests, String startTime) {
		// A delete may pass meanwhile, and must be the last.
		Mono<Void> gone = Mono.defer(() -> this.accepted.isDeleted(key)
				? this.store.sendDelete(key, startTime).flatMap((answer) -> judge(key, answer)) : Mono.empty());
		return Flux.fromIterable(requests)
			.concatMap((request) -> this.store.send(request, startTime).flatMap((answer) -> judge(key, answer)))
			.then(gone)
			.doOnSuccess((none) -> this.replayed.incrementAndGet());
	}

	private Mono<Void> judge(GroupingKey key, StoreAnswer answer) {
		if (answer.isSuccess()) {
			return Mono.empty();
		}
		if (answer.status() >= 500) {
			return Mono.error(new IllegalStateException("a push sent again was answered " + answer.status()));
		}
		// It would be refused again and again.
		this.refused.incrementAndGet();
		logger.error("Pushgateway was started anew and does not take again what it had accepted, status {}: {}",
				answer.status(), MetricIndex.describe(key));
		return Mono.empty();
	}

}
