package io.monitoringstack.demoapp.memo.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.demoapp.memo.Memo;
import io.monitoringstack.demoapp.memo.MemoCache;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cache.Cache;

/**
 * Keeps a broken cache out of the way. After a failure the cache is left alone for a
 * while, so that requests do not all wait for the same timeout. What had to be forgotten
 * meanwhile cannot be known when it comes back, so everything is forgotten then.
 */
final class GuardedMemoCache implements MemoCache {

	static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(GuardedMemoCache.class);

	private final Cache cache;

	private final MeterRegistry meters;

	private final Clock clock;

	private volatile @Nullable Instant pausedUntil;

	private volatile boolean outdated;

	GuardedMemoCache(Cache cache, MeterRegistry meters, Clock clock) {
		this.cache = cache;
		this.meters = meters;
		this.clock = clock;
		Gauge.builder("memo.cache.bypassed", this, (self) -> (self.pausedUntil != null) ? 1 : 0)
			.description("1 while the memo cache is away and every read goes to the database")
			.register(meters);
		for (Operation operation : Operation.values()) {
			failures(operation);
		}
	}

	@Override
	public Optional<Memo> find(long id) {
		return Optional.ofNullable(attempt(Operation.GET, () -> this.cache.get(id, Memo.class)));
	}

	@Override
	public void put(Memo memo) {
		attempt(Operation.PUT, () -> {
			this.cache.put(memo.id(), memo);
			return null;
		});
	}

	@Override
	public void evict(long id) {
		if (isPaused()) {
			this.outdated = true;
			return;
		}
		attempt(Operation.EVICT, () -> {
			this.cache.evict(id);
			return null;
		});
	}

	private <T> @Nullable T attempt(Operation operation, Supplier<@Nullable T> action) {
		if (isPaused()) {
			return null;
		}
		try {
			forgetEverythingIfOutdated();
			T result = action.get();
			resume();
			return result;
		}
		catch (RuntimeException ex) {
			// A put may have been carried out even though its answer was lost.
			if (operation != Operation.GET) {
				this.outdated = true;
			}
			pause(operation, ex);
			return null;
		}
	}

	private void forgetEverythingIfOutdated() {
		if (this.outdated) {
			this.cache.clear();
			this.outdated = false;
		}
	}

	private boolean isPaused() {
		Instant until = this.pausedUntil;
		return until != null && this.clock.instant().isBefore(until);
	}

	private void pause(Operation operation, RuntimeException cause) {
		failures(operation).increment();
		boolean first = this.pausedUntil == null;
		this.pausedUntil = this.clock.instant().plus(PAUSE);
		if (first) {
			logger.atWarn()
				.addKeyValue("operation", operation.tag())
				.addKeyValue("reason", cause.getClass().getSimpleName())
				.log("Memo cache is away; going on without it");
		}
	}

	private void resume() {
		if (this.pausedUntil != null) {
			this.pausedUntil = null;
			logger.info("Memo cache is back");
		}
	}

	private Counter failures(Operation operation) {
		return Counter.builder("memo.cache.failures")
			.description("Calls to the memo cache that failed")
			.tag("operation", operation.tag())
			.register(this.meters);
	}

	private enum Operation {

		GET("get"), PUT("put"), EVICT("evict");

		private final String tag;

		Operation(String tag) {
			this.tag = tag;
		}

		String tag() {
			return this.tag;
		}

	}

}
