package io.monitoringstack.doorayadapter.told;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Knows for each group what Dooray took last, and what it may have taken without an
 * answer. Bounded by the number of alerts; what is old or too much is forgotten, and then
 * counts as new. Where instances share a store, this is what the store said last, and
 * what there is to go by while it is away.
 */
@Profile("!watcher")
@Component
public final class ToldMemory implements AutoCloseable {

	/** Starts of an alert that two Alertmanagers may report for the same occurrence. */
	static final Duration SAME_START = Duration.ofSeconds(60);

	/** Members of a pair repeat within that time of each other. */
	private static final Duration SAME_REPEAT = Duration.ofSeconds(60);

	/** Alertmanager keeps its own notes for five days. */
	public static final Duration KEPT = Duration.ofDays(5);

	/**
	 * What the store does not confirm holds back retries and the other one of a pair, and
	 * no more: another instance may have told something else meanwhile.
	 */
	static final Duration ALONE = Duration.ofMinutes(1);

	/** Alerts remembered, at 16 bytes each; a group counts for at least ten. */
	private static final long MAX_ALERTS = 400_000;

	private static final Logger logger = LoggerFactory.getLogger(ToldMemory.class);

	private final Duration window;

	private final Clock clock;

	private final ToldStore store;

	private final Cache<String, Known> told;

	private final Cache<String, AlertStates> maybe;

	private final @Nullable ToldFile file;

	private final AtomicBoolean changed = new AtomicBoolean();

	private final ScheduledExecutorService writer;

	@Autowired
	ToldMemory(ToldProperties properties, Clock clock, ToldStore store) {
		this(properties, clock, store, Ticker.systemTicker());
	}

	ToldMemory(ToldProperties properties, Clock clock, ToldStore store, Ticker ticker) {
		this.window = properties.duplicateWindow();
		this.clock = clock;
		this.store = store;
		this.told = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.expireAfterWrite(KEPT)
			.maximumWeight(MAX_ALERTS)
			.weigher((String group, Known known) -> Math.max(10, known.last().states().size()))
			.build();
		this.maybe = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.expireAfterWrite(maybeKept())
			.maximumWeight(MAX_ALERTS / 4)
			.weigher((String group, AlertStates states) -> Math.max(10, states.size()))
			.build();
		this.file = file(properties.stateDir(), store.shared());
		this.writer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "told-writer");
			thread.setDaemon(true);
			return thread;
		});
		if (this.file != null) {
			Trust trust = store.shared() ? Trust.DOUBTFUL : Trust.SURE;
			this.file.load().forEach((group, last) -> this.told.put(group, new Known(last, trust)));
			this.writer.scheduleWithFixedDelay(this::save, 1, 1, TimeUnit.SECONDS);
		}
		store.onReturn(this::share);
	}

	private static @Nullable ToldFile file(@Nullable Path folder, boolean shared) {
		if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) {
			return new ToldFile(folder);
		}
		if (folder == null && shared) {
			return null;
		}
		logger.warn("{}: a restart will not know what was told", (folder != null)
				? "ADAPTER_STATE_DIR names no folder that can be written to" : "ADAPTER_STATE_DIR is not set");
		return null;
	}

	/**
	 * Learns from the store what others told the group.
	 * @param group the group
	 * @return whether the store answered, or there is none
	 */
	public boolean refresh(GroupId group) {
		if (!this.store.shared()) {
			return true;
		}
		ToldStore.Shared shared = this.store.read(group);
		LastTold last = (shared != null) ? shared.last() : null;
		this.told.asMap().compute(group.hash(), (hash, own) -> merge(own, last));
		AlertStates maybe = this.maybe.getIfPresent(group.hash());
		if (last != null && maybe != null && last.states().same(maybe, SAME_START)) {
			this.maybe.invalidate(group.hash());
		}
		return shared != null;
	}

	// What the store does not hold may be out of date, and so may be what it holds when
	// it was away since, or when this instance knows of something later.
	private @Nullable Known merge(@Nullable Known own, @Nullable LastTold shared) {
		if (shared == null) {
			return (own != null && own.trust() == Trust.SURE) ? new Known(own.last(), Trust.DOUBTFUL) : own;
		}
		boolean later = own != null && own.last().at().isAfter(shared.at())
				&& !own.last().states().same(shared.states(), SAME_START);
		if (own != null && later && own.trust() == Trust.UNSHARED) {
			return own;
		}
		boolean sure = !later && !shared.at().isBefore(this.store.trustedSince());
		return new Known(shared, sure ? Trust.SURE : Trust.DOUBTFUL);
	}

	// What was told while the store was away.
	private void share() {
		for (Map.Entry<String, Known> entry : this.told.asMap().entrySet()) {
			Known own = entry.getValue();
			if (own.trust() == Trust.UNSHARED) {
				GroupId group = new GroupId(entry.getKey());
				ToldStore.Shared shared = this.store.read(group);
				LastTold last = (shared != null) ? shared.last() : null;
				boolean later = last == null || own.last().at().isAfter(last.at());
				if (shared == null || (later && !this.store.told(group, own.last()))) {
					return;
				}
				this.told.asMap().replace(entry.getKey(), own, new Known(own.last(), Trust.DOUBTFUL));
			}
		}
	}

	/**
	 * Tells whether a state of a group was told a moment ago, so that telling it again
	 * would tell nothing. Only the last message counts: a state that comes back after
	 * another one is news.
	 * @param group the group
	 * @param states what is to be told
	 * @param reason why Alertmanager sent it
	 * @return whether it was told
	 */
	public boolean justTold(GroupId group, AlertStates states, NotificationReason reason) {
		Known known = this.told.getIfPresent(group.hash());
		if (known == null || !known.last().states().same(states, SAME_START)) {
			return false;
		}
		Duration age = Duration.between(known.last().at(), this.clock.instant());
		boolean due = reason == NotificationReason.REPEAT && age.compareTo(SAME_REPEAT) > 0;
		boolean counts = known.trust() == Trust.SURE || age.compareTo(ALONE) < 0;
		return !due && counts && age.compareTo(this.window) < 0;
	}

	// Returns whether anything counts as told at all.
	public boolean suppresses() {
		return !this.window.isZero();
	}

	// Returns whether this state was sent, and nobody knows whether it arrived.
	public boolean maybeTold(GroupId group, AlertStates states) {
		AlertStates sent = this.maybe.getIfPresent(group.hash());
		return sent != null && sent.same(states, SAME_START);
	}

	// Returns what a message with these states tells beyond the last one of its group.
	public Changes changes(GroupId group, AlertStates states) {
		Known known = this.told.getIfPresent(group.hash());
		LastTold last = (known != null) ? known.last() : null;
		if (last == null || !last.states().complete() || !states.complete()) {
			return Changes.UNKNOWN;
		}
		Changes changes = states.since(last.states());
		return changes.none() ? changes.repeated(last.repeats() + 1) : changes;
	}

	/**
	 * Notes that Dooray took a message.
	 * @param group its group
	 * @param states what it told
	 * @return whether other instances know, or there are none to know
	 */
	public boolean told(GroupId group, AlertStates states) {
		Instant now = this.clock.instant();
		Trust trust = this.store.shared() ? Trust.UNSHARED : Trust.SURE;
		Known told = this.told.asMap().compute(group.hash(), (hash, known) -> {
			boolean again = known != null && states.since(known.last().states()).none();
			return new Known(new LastTold(states, now, (known != null && again) ? known.last().repeats() + 1 : 0),
					trust);
		});
		this.maybe.invalidate(group.hash());
		this.changed.set(true);
		if (!this.store.told(group, told.last())) {
			return false;
		}
		this.told.asMap().replace(group.hash(), told, new Known(told.last(), Trust.SURE));
		return true;
	}

	// Returns how long it is known that a message may have arrived.
	public Duration maybeKept() {
		return this.window.isZero() ? Duration.ofMinutes(10) : this.window;
	}

	public void maybe(GroupId group, AlertStates states) {
		this.maybe.put(group.hash(), states);
	}

	private void save() {
		try {
			if (this.file != null && this.changed.getAndSet(false)) {
				Map<String, LastTold> now = new HashMap<>();
				this.told.asMap().forEach((group, known) -> now.put(group, known.last()));
				if (!this.file.save(now)) {
					this.changed.set(true);
				}
			}
		}
		catch (RuntimeException ex) {
			logger.warn("What was told could not be written", ex);
		}
	}

	@Override
	public void close() {
		this.writer.shutdownNow();
		save();
	}

	/**
	 * How far what is known of a group can be relied on.
	 */
	private enum Trust {

		/** Nobody told the group anything since. */
		SURE,

		/** Told here, and the store does not know. */
		UNSHARED,

		/** Others may have told the group something since. */
		DOUBTFUL

	}

	/**
	 * What is known of a group.
	 *
	 * @param last what it was told last
	 * @param trust whether that is so
	 */
	private record Known(LastTold last, Trust trust) {

	}

}
