package io.monitoringstack.demoapp.memo.cache;

import java.time.Instant;
import java.util.concurrent.Callable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.demoapp.MovableClock;
import io.monitoringstack.demoapp.memo.Memo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.concurrent.ConcurrentMapCache;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GuardedMemoCacheTests {

	private final BreakableCache cache = new BreakableCache();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final MovableClock clock = new MovableClock();

	private final GuardedMemoCache memos = new GuardedMemoCache(this.cache, this.meters, this.clock);

	@Test
	void remembersAndForgetsMemos() {
		this.memos.put(memo(1, "first"));
		assertThat(this.memos.find(1)).contains(memo(1, "first"));
		this.memos.evict(1);
		assertThat(this.memos.find(1)).isEmpty();
	}

	@Test
	void knowsNothingWhileTheCacheIsAwayAndDoesNotFail() {
		this.memos.put(memo(1, "first"));
		this.cache.broken = true;
		assertThat(this.memos.find(1)).isEmpty();
		this.memos.put(memo(2, "second"));
		this.memos.evict(1);
		assertThat(this.meters.get("memo.cache.bypassed").gauge().value()).isEqualTo(1);
	}

	@Test
	void asksABrokenCacheOnlyOnceInAWhileAndCountsEachTry() {
		this.cache.broken = true;
		for (int i = 0; i < 10; i++) {
			this.memos.find(1);
		}
		assertThat(this.cache.calls).isEqualTo(1);
		this.clock.advance(GuardedMemoCache.PAUSE);
		this.memos.find(1);
		assertThat(this.cache.calls).isEqualTo(2);
		assertThat(this.meters.get("memo.cache.failures").tag("operation", "get").counter().count()).isEqualTo(2);
	}

	@Test
	void warnsOncePerOutageAndSaysWhenItIsOver(CapturedOutput output) {
		this.cache.broken = true;
		this.memos.find(1);
		this.clock.advance(GuardedMemoCache.PAUSE);
		this.memos.find(1);
		this.cache.broken = false;
		this.clock.advance(GuardedMemoCache.PAUSE);
		this.memos.find(1);
		this.memos.find(1);
		assertThat(output.getOut()).containsOnlyOnce("Memo cache is away").containsOnlyOnce("Memo cache is back");
		assertThat(this.meters.get("memo.cache.bypassed").gauge().value()).isZero();
	}

	@Test
	void doesNotShowAfterAnOutageWhatWasChangedDuringIt() {
		this.memos.put(memo(1, "old"));
		this.cache.broken = true;
		this.memos.evict(1);
		this.cache.broken = false;
		this.clock.advance(GuardedMemoCache.PAUSE);
		assertThat(this.memos.find(1)).isEmpty();
	}

	@Test
	void doesNotShowWhatWasChangedWhileTheCacheWasLeftAlone() {
		this.memos.put(memo(1, "old"));
		this.cache.broken = true;
		this.memos.find(2);
		this.cache.broken = false;
		this.memos.evict(1);
		this.clock.advance(GuardedMemoCache.PAUSE);
		assertThat(this.memos.find(1)).isEmpty();
	}

	@Test
	void keepsWhatItKnowsWhenOnlyReadingFailed() {
		this.memos.put(memo(1, "still right"));
		this.cache.broken = true;
		this.memos.find(1);
		this.cache.broken = false;
		this.clock.advance(GuardedMemoCache.PAUSE);
		assertThat(this.memos.find(1)).contains(memo(1, "still right"));
	}

	private static Memo memo(long id, String title) {
		return new Memo(id, title, "", Instant.EPOCH, Instant.EPOCH);
	}

	private static final class BreakableCache extends ConcurrentMapCache {

		private boolean broken;

		private int calls;

		BreakableCache() {
			super("memos");
		}

		@Override
		public <T> T get(Object key, Class<T> type) {
			return call(() -> super.get(key, type));
		}

		@Override
		public void put(Object key, Object value) {
			call(() -> {
				super.put(key, value);
				return null;
			});
		}

		@Override
		public void evict(Object key) {
			call(() -> {
				super.evict(key);
				return null;
			});
		}

		@Override
		public void clear() {
			call(() -> {
				super.clear();
				return null;
			});
		}

		private <T> T call(Callable<T> action) {
			this.calls++;
			if (this.broken) {
				throw new IllegalStateException("away");
			}
			try {
				return action.call();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
