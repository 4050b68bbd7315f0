package io.monitoringstack.dooraysimulator.message;

import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterTests {

	private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

	private static final HookAddress HOOK = new HookAddress("org", "critical", "token");

	private final RateLimiter limiter = new RateLimiter(3);

	@Test
	void passesOneMessageInAnySecond() {
		assertThat(passesAt(0)).isTrue();
		assertThat(passesAt(1)).isFalse();
		assertThat(passesAt(999)).isFalse();
		assertThat(passesAt(1000)).isTrue();
	}

	@Test
	void doesNotCountWhatItDropped() {
		long passed = IntStream.rangeClosed(0, 50).filter((tenth) -> passesAt(tenth * 100)).count();
		assertThat(passed).isEqualTo(6);
	}

	@Test
	void passesAsManyAsAskedForInASlidingSecond() {
		assertThat(this.limiter.passes(HOOK, 2, START)).isTrue();
		assertThat(this.limiter.passes(HOOK, 2, START.plusMillis(900))).isTrue();
		assertThat(this.limiter.passes(HOOK, 2, START.plusMillis(950))).isFalse();
		assertThat(this.limiter.passes(HOOK, 2, START.plusMillis(1000))).isTrue();
		assertThat(this.limiter.passes(HOOK, 2, START.plusMillis(1100))).isFalse();
	}

	@Test
	void passesEverythingWithoutALimit() {
		assertThat(IntStream.range(0, 100).allMatch((i) -> this.limiter.passes(HOOK, 0, START))).isTrue();
	}

	@Test
	void keepsTheSecondsOfHooksApartByTokenToo() {
		assertThat(passesAt(0)).isTrue();
		assertThat(this.limiter.passes(new HookAddress("org", "critical", "other"), 1, START)).isTrue();
		assertThat(this.limiter.passes(new HookAddress("org", "warning", "token"), 1, START)).isTrue();
	}

	@Test
	void forgetsTheHookUsedLongestAgo() {
		for (int i = 0; i < 10; i++) {
			this.limiter.passes(new HookAddress("org", "hook" + i, "token"), 1, START);
		}
		assertThat(this.limiter.hooks()).isEqualTo(3);
	}

	private boolean passesAt(int millis) {
		return this.limiter.passes(HOOK, 1, START.plusMillis(millis));
	}

}
