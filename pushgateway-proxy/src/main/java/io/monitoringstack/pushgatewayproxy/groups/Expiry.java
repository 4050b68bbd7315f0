package io.monitoringstack.pushgatewayproxy.groups;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.MetricIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes groups that were not pushed to for longer than they may live. Ages come from
 * Pushgateway's own push times and clock. A group goes only if two looks in a row found
 * it too old with the same push time, and no push to it was under way since the second
 * began.
 */
public final class Expiry {

	private static final Logger logger = LoggerFactory.getLogger(Expiry.class);

	private static final Duration LONGEST_PERIOD = Duration.ofMinutes(1);

	private static final int LOOKS_PER_LIFE = 12;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final GroupSource source;

	private final GroupRemover remover;

	private final TtlRules rules;

	private final Activity activity;

	private final AtomicLong expired = new AtomicLong();

	private Map<GroupingKey, Double> oldBefore = Map.of();

	private @Nullable Disposable task;

	Expiry(GroupSource source, GroupRemover remover, TtlRules rules, Activity activity) {
		this.source = source;
		this.remover = remover;
		this.rules = rules;
		this.activity = activity;
	}

	/**
	 * Creates it from settings.
	 * @param source the groups
	 * @param remover removes them
	 * @param ttl life of groups, zero for ever
	 * @param jobs lives by job
	 * @param activity pushes under way
	 * @return the expiry
	 */
	public static Expiry of(GroupSource source, GroupRemover remover, Duration ttl, String jobs, Activity activity) {
		return new Expiry(source, remover, new TtlRules(ttl, jobs), activity);
	}

	/**
	 * Begins to look.
	 */
	public void start() {
		Duration shortest = this.rules.shortest();
		Duration period = (shortest != null && shortest.dividedBy(LOOKS_PER_LIFE).compareTo(LONGEST_PERIOD) < 0)
				? shortest.dividedBy(LOOKS_PER_LIFE) : LONGEST_PERIOD;
		this.task = Flux.interval(period)
			.onBackpressureDrop()
			.concatMap((tick) -> sweep().timeout(PATIENCE).doOnError(Expiry::report).onErrorComplete())
			.subscribe();
	}

	/**
	 * Ends to look.
	 */
	public void stop() {
		Disposable running = this.task;
		if (running == null) {
			return;
		}
		try {
			running.dispose();
		}
		catch (RejectedExecutionException ex) {
			logger.debug("stopped while groups were read: {}", ex.toString());
		}
	}

	/**
	 * Groups removed because they were old.
	 * @return their number so far
	 */
	public long expired() {
		return this.expired.get();
	}

	Mono<Long> sweep() {
		return Mono.defer(() -> {
			if (!this.rules.isActive() && !this.activity.isAnyAsked()) {
				return Mono.just(0L);
			}
			this.activity.watch();
			return this.source.read().flatMap(this::removeOld).doFinally((signal) -> this.activity.stopWatching());
		});
	}

	private Mono<Long> removeOld(Snapshot snapshot) {
		Map<GroupingKey, Double> old = new HashMap<>();
		for (StoredGroup group : snapshot.groups()) {
			if (isOld(group, snapshot.now())) {
				old.put(group.key(), group.pushTime());
			}
		}
		Map<GroupingKey, Double> before = this.oldBefore;
		this.oldBefore = old;
		return Flux.fromIterable(old.entrySet())
			.filter((group) -> group.getValue().equals(before.get(group.getKey())))
			.concatMap((group) -> remove(group.getKey(), age(group.getValue(), snapshot.now())))
			.filter(Boolean::booleanValue)
			.count();
	}

	private Mono<Boolean> remove(GroupingKey key, Duration age) {
		return this.remover.removeIfIdle(key, () -> this.activity.isUntouched(key)).doOnNext((removed) -> {
			if (removed) {
				this.expired.incrementAndGet();
				logger.info("group expired: {} was not pushed for {} s, it may live for {} s",
						MetricIndex.describe(key), age.toSeconds(), ttl(key).toSeconds());
				this.activity.asked(key, null);
			}
		}).doOnError(Expiry::report).onErrorReturn(false);
	}

	private boolean isOld(StoredGroup group, Instant now) {
		Duration ttl = ttl(group.key());
		return group.pushTime() > 0 && !ttl.isZero() && age(group.pushTime(), now).compareTo(ttl) > 0;
	}

	private Duration ttl(GroupingKey key) {
		Duration asked = this.activity.askedFor(key);
		return (asked != null) ? asked : this.rules.ttl(key);
	}

	private static Duration age(double pushTime, Instant now) {
		return Duration.ofMillis(now.toEpochMilli() - (long) (pushTime * 1000));
	}

	private static void report(Throwable ex) {
		logger.warn("old groups could not be removed, the next look tries again: {}", ex.toString());
	}

}
