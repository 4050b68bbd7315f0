package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.MetricIndex;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Builds the index from Pushgateway, again when Pushgateway was started anew, and watches
 * that its scrape works. While there is no index, pushes wait.
 */
final class IndexKeeper {

	private static final Logger logger = LoggerFactory.getLogger(IndexKeeper.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	/** Most time to read everything that Pushgateway holds. */
	private static final Duration READ_PATIENCE = Duration.ofSeconds(60);

	private static final Duration STATUS_PERIOD = Duration.ofSeconds(5);

	/** Every look costs Pushgateway a scrape. */
	private static final int STATUS_PER_SCRAPE = 6;

	private final PushStore store;

	private final int maxSeries;

	private final Duration patience;

	private final Replay replay;

	private final AtomicLong builds = new AtomicLong();

	private final Disposable.Composite tasks = Disposables.composite();

	private volatile @Nullable KnownStore known;

	private volatile boolean scrapeHealthy = true;

	private volatile Set<GroupingKey> intruders = Set.of();

	private @Nullable KnownStore before;

	private long unseenDeletes;

	private Map<String, Integer> ownFamilies = Map.of();

	private Sinks.One<KnownStore> ready = Sinks.one();

	IndexKeeper(PushStore store, int maxSeries, Duration patience, Replay replay) {
		this.store = store;
		this.maxSeries = maxSeries;
		this.patience = patience;
		this.replay = replay;
	}

	void start() {
		build();
		this.tasks.add(Flux.interval(STATUS_PERIOD)
			.onBackpressureDrop()
			.concatMap((tick) -> look(tick % STATUS_PER_SCRAPE == 0).onErrorComplete())
			.subscribe());
	}

	void stop() {
		try {
			this.tasks.dispose();
		}
		catch (RejectedExecutionException ex) {
			// The threads of a request under way were stopped first.
			logger.debug("stopped while Pushgateway was read: {}", ex.toString());
		}
	}

	/**
	 * Waits for the index.
	 * @return the run of Pushgateway that is known
	 */
	Mono<KnownStore> known() {
		return Mono.defer(() -> {
			KnownStore now = this.known;
			if (now != null) {
				return Mono.just(now);
			}
			return waiting().timeout(this.patience)
				.onErrorMap(TimeoutException.class, (ex) -> notReady().asException());
		});
	}

	@Nullable KnownStore knownNow() {
		return this.known;
	}

	boolean isScrapeHealthy() {
		return this.scrapeHealthy;
	}

	long builds() {
		return this.builds.get();
	}

	/**
	 * Groups that make the scrape fail and were not pushed through here.
	 * @return the groups, as far as they were found
	 */
	Set<GroupingKey> intruders() {
		return this.intruders;
	}

	/**
	 * Notes a delete that passed while there was no index to tell.
	 * @param key the group, to which nothing else is under way
	 */
	synchronized void deletedUnseen(GroupingKey key) {
		this.unseenDeletes++;
		KnownStore now = this.known;
		if (now != null) {
			now.index().reserveDelete(key).commit();
		}
	}

	/**
	 * Has the index built anew, because it was seen to be wrong.
	 * @param seen the index that is wrong
	 */
	void outdated(KnownStore seen) {
		synchronized (this) {
			if (this.known != seen) {
				return;
			}
			this.before = seen;
			this.known = null;
			this.ready = Sinks.one();
		}
		build();
	}

	private synchronized Mono<KnownStore> waiting() {
		return this.ready.asMono();
	}

	private void build() {
		this.tasks.add(Mono.defer(this::readAll)
			.timeout(READ_PATIENCE)
			.doOnError((ex) -> logger.warn("Pushgateway cannot be read for the index, pushes wait: {}", ex.toString()))
			.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
			.subscribe());
	}

	// Makes the index known, unless a group was deleted while it was built.
	private boolean publish(KnownStore built, long deletes) {
		Sinks.One<KnownStore> waiting;
		synchronized (this) {
			if (this.unseenDeletes != deletes) {
				return false;
			}
			this.known = built;
			waiting = this.ready;
		}
		this.builds.incrementAndGet();
		logger.info("index built: groups={} families={} series={}", built.index().groups(), built.index().families(),
				built.index().series());
		waiting.tryEmitValue(built);
		return true;
	}

	private synchronized long unseenDeletes() {
		return this.unseenDeletes;
	}

	private Mono<KnownStore> readAll() {
		long deletes = unseenDeletes();
		return this.store.status()
			.flatMap((first) -> this.replay.into(first.startTime())
				.then(this.store.drain())
				.then(this.store.scrape(true))
				.flatMap((scrape) -> read(first, scrape))
				.filterWhen((built) -> this.store.status().map((last) -> last.startTime().equals(first.startTime())))
				.filter((built) -> publish(built, deletes))
				.switchIfEmpty(Mono.error(() -> new IllegalStateException("it changed meanwhile"))));
	}

	private Mono<KnownStore> read(StoreStatus status, ScrapeState scrape) {
		if (status.checks()) {
			logger.warn(
					"Pushgateway checks each push as well, which takes most of the time of a push: start it with --push.disable-consistency-check");
		}
		if (scrape.healthy()) {
			this.ownFamilies = scrape.ownFamilies();
		}
		MetricIndex index = new MetricIndex(this.ownFamilies, this.maxSeries);
		Map<String, GroupingKey> contradictions = new HashMap<>();
		return this.store.readGroups(
				(key, families) -> index.load(key, families).forEach((name) -> contradictions.putIfAbsent(name, key)))
			.then(Mono.fromSupplier(() -> {
				report(index, contradictions, scrape);
				return new KnownStore(status.startTime(), index);
			}));
	}

	private void report(MetricIndex index, Map<String, GroupingKey> contradictions, ScrapeState scrape) {
		this.scrapeHealthy = scrape.healthy();
		Set<GroupingKey> found = new LinkedHashSet<>();
		contradictions.forEach((name, group) -> {
			List<GroupingKey> unexpected = unexpected(index, name);
			found.addAll(unexpected.isEmpty() ? List.of(group) : unexpected);
		});
		this.intruders = Set.copyOf(found);
		if (!this.scrapeHealthy) {
			logger.error(
					"Pushgateway's scrape fails, nothing that was pushed reaches Prometheus. Groups to look at, written behind the back of this proxy: {}; metrics: {}; Pushgateway says: {}",
					found.stream().map(MetricIndex::describe).toList(),
					contradictions.keySet().stream().map(Excerpt::plain).toList(), Excerpt.plain(scrape.failure()));
		}
	}

	// Groups that hold a family which was not pushed through here.
	private List<GroupingKey> unexpected(MetricIndex index, String name) {
		KnownStore expected = this.before;
		List<GroupingKey> unexpected = new ArrayList<>();
		if (expected != null) {
			index.holders(name).forEach((group, type) -> {
				if (!expected.index().mayHold(group, name, type)) {
					unexpected.add(group);
				}
			});
		}
		return unexpected;
	}

	private Mono<Void> look(boolean scrapeToo) {
		KnownStore seen = this.known;
		if (seen == null) {
			return Mono.empty();
		}
		Mono<Void> status = this.store.status().doOnNext((now) -> {
			if (!now.startTime().equals(seen.startTime())) {
				outdated(seen);
			}
		}).then();
		return scrapeToo ? status.then(this.store.scrape(false)).doOnNext((scrape) -> judge(seen, scrape)).then()
				: status;
	}

	private void judge(KnownStore seen, ScrapeState scrape) {
		if (scrape.healthy() != this.scrapeHealthy) {
			// To find out which group it is, or to learn that it is gone.
			outdated(seen);
		}
	}

	private static Refusal notReady() {
		return Refusal.retryLater(503, Reason.INDEX_NOT_READY,
				"What Pushgateway holds is not known at this moment, so the push cannot be checked. Nothing was stored; push again in a few seconds.");
	}

}
