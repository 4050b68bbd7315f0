package io.monitoringstack.doorayadapter.told;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * counts as new.
 */
@Profile("!watcher")
@Component
public final class ToldMemory implements AutoCloseable {

	/** Starts of an alert that two Alertmanagers may report for the same occurrence. */
	static final Duration SAME_START = Duration.ofSeconds(60);

	/** Members of a pair repeat within that time of each other. */
	private static final Duration SAME_REPEAT = Duration.ofSeconds(60);

	/** Alertmanager keeps its own notes for five days. */
	private static final Duration KEPT = Duration.ofDays(5);

	/** Alerts remembered, at 16 bytes each; a group counts for at least ten. */
	private static final long MAX_ALERTS = 400_000;

	private static final Logger logger = LoggerFactory.getLogger(ToldMemory.class);

	private final Duration window;

	private final Clock clock;

	private final Cache<String, LastTold> told;

	private final Cache<String, AlertStates> maybe;

	private final @Nullable ToldFile file;

	private final AtomicBoolean changed = new AtomicBoolean();

	private final ScheduledExecutorService writer;

	@Autowired
	ToldMemory(ToldProperties properties, Clock clock) {
		this(properties, clock, Ticker.systemTicker());
	}

	ToldMemory(ToldProperties properties, Clock clock, Ticker ticker) {
		this.window = properties.duplicateWindow();
		this.clock = clock;
		this.told = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.expireAfterWrite(KEPT)
			.maximumWeight(MAX_ALERTS)
			.weigher((String group, LastTold last) -> Math.max(10, last.states().size()))
			.build();
		this.maybe = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.expireAfterWrite(this.window.isZero() ? Duration.ofMinutes(10) : this.window)
			.maximumWeight(MAX_ALERTS / 4)
			.weigher((String group, AlertStates states) -> Math.max(10, states.size()))
			.build();
		this.file = file(properties.stateDir());
		this.writer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "told-writer");
			thread.setDaemon(true);
			return thread;
		});
		if (this.file != null) {
			this.told.putAll(this.file.load());
			this.writer.scheduleWithFixedDelay(this::save, 1, 1, TimeUnit.SECONDS);
		}
	}

	private static @Nullable ToldFile file(@Nullable Path folder) {
		if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) {
			return new ToldFile(folder);
		}
		logger.warn("{}: a restart will not know what was told", (folder != null)
				? "ADAPTER_STATE_DIR names no folder that can be written to" : "ADAPTER_STATE_DIR is not set");
		return null;
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
		LastTold last = this.told.getIfPresent(group.hash());
		if (last == null || !last.states().same(states, SAME_START)) {
			return false;
		}
		Duration age = Duration.between(last.at(), this.clock.instant());
		boolean due = reason == NotificationReason.REPEAT && age.compareTo(SAME_REPEAT) > 0;
		return !due && age.compareTo(this.window) < 0;
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
		LastTold last = this.told.getIfPresent(group.hash());
		if (last == null || !last.states().complete() || !states.complete()) {
			return Changes.UNKNOWN;
		}
		Changes changes = states.since(last.states());
		return changes.none() ? changes.repeated(last.repeats() + 1) : changes;
	}

	public void told(GroupId group, AlertStates states) {
		Instant now = this.clock.instant();
		this.told.asMap().compute(group.hash(), (hash, last) -> {
			boolean again = last != null && states.since(last.states()).none();
			return new LastTold(states, now, again ? last.repeats() + 1 : 0);
		});
		this.maybe.invalidate(group.hash());
		this.changed.set(true);
	}

	public void maybe(GroupId group, AlertStates states) {
		this.maybe.put(group.hash(), states);
	}

	private void save() {
		try {
			if (this.file != null && this.changed.getAndSet(false) && !this.file.save(Map.copyOf(this.told.asMap()))) {
				this.changed.set(true);
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

}
