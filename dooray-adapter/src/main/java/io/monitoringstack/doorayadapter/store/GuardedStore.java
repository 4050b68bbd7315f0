package io.monitoringstack.doorayadapter.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.LastTold;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps a store that is away out of the way: after the first failure no request asks it,
 * until a look in the background finds it back.
 */
final class GuardedStore implements ToldStore, SmartLifecycle {

	static final Duration LOOK = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(GuardedStore.class);

	private final RemoteStore remote;

	private final Clock clock;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final Object change = new Object();

	private volatile boolean away;

	private volatile Instant trustedSince = Instant.MIN;

	private @Nullable ScheduledExecutorService watch;

	GuardedStore(RemoteStore remote, Clock clock, MeterRegistry registry) {
		this.remote = remote;
		this.clock = clock;
		Gauge.builder("dooray.store.up", this, (self) -> self.away ? 0 : 1)
			.description("Whether the store that instances share answers")
			.register(registry);
	}

	@Override
	public boolean shared() {
		return true;
	}

	@Override
	public @Nullable Shared read(GroupId group) {
		return ask(() -> new Shared(this.remote.last(group)), null);
	}

	@Override
	public boolean told(GroupId group, LastTold last) {
		return Boolean.TRUE.equals(ask(() -> {
			this.remote.told(group, last);
			return true;
		}, false));
	}

	@Override
	public Claim claim(Turn turn, Duration length, Duration remembered) {
		Claim claim = ask(() -> this.remote.claim(turn, length, remembered), Claim.AWAY);
		return (claim != null) ? claim : Claim.AWAY;
	}

	@Override
	public void release(Turn turn, boolean settled) {
		ask(() -> {
			this.remote.release(turn, settled);
			return true;
		}, false);
	}

	@Override
	public Instant trustedSince() {
		return this.trustedSince;
	}

	@Override
	public void onReturn(Runnable listener) {
		this.listeners.add(listener);
	}

	private <T> @Nullable T ask(Supplier<@Nullable T> question, @Nullable T unknown) {
		if (this.away) {
			return unknown;
		}
		try {
			return question.get();
		}
		catch (RuntimeException ex) {
			left(ex);
			return unknown;
		}
	}

	// Looks whether the store is there; also while nobody asks it, so that its loss is
	// seen before it matters.
	void look() {
		try {
			if (this.away) {
				this.remote.reconnect();
			}
			this.remote.ping();
			if (this.away) {
				back();
			}
		}
		catch (RuntimeException ex) {
			left(ex);
		}
	}

	// The class alone: a text may tell where the store is and how to get in.
	private void left(RuntimeException failure) {
		synchronized (this.change) {
			if (!this.away) {
				this.away = true;
				logger.warn("The shared store is away, each instance tells what it is asked to: reason={}",
						failure.getClass().getSimpleName());
			}
		}
	}

	private void back() {
		synchronized (this.change) {
			this.trustedSince = this.clock.instant();
			this.away = false;
			logger.info("The shared store is back");
		}
		this.listeners.forEach(Runnable::run);
	}

	@Override
	public void start() {
		ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "store-watch");
			thread.setDaemon(true);
			return thread;
		});
		looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
		this.watch = looking;
	}

	@Override
	public void stop() {
		ScheduledExecutorService looking = this.watch;
		if (looking != null) {
			looking.shutdownNow();
			this.watch = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.watch != null;
	}

	// Ends before the connections do, which would look like a store that went away.
	@Override
	public int getPhase() {
		return 1;
	}

}
