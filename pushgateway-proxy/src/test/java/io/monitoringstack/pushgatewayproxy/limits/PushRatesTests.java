package io.monitoringstack.pushgatewayproxy.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.grouping.JobPattern;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PushRatesTests {

	// Near the end, where a clock that counts nanoseconds may begin.
	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

	private final PushRates rates = new PushRates(this.now::get);

	private final PushRate tenPerSecond = new PushRate("10/s", 100_000_000, 3);

	@Test
	void letsABurstPassAndThenTheRate() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isZero();
		}
		assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isEqualTo(100_000_000);
		assertThat(this.rates.waitNanos("b", this.tenPerSecond)).as("each job has its own").isZero();
		pass(Duration.ofMillis(60));
		assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isEqualTo(40_000_000);
		pass(Duration.ofMillis(40));
		assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isZero();
		assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isPositive();
	}

	@Test
	void overALongTimeNoMoreThanTheRateAndOneBurstPasses() {
		int passed = 0;
		for (int i = 0; i < 60_000; i++) {
			passed += (this.rates.waitNanos("a", this.tenPerSecond) == 0) ? 1 : 0;
			pass(Duration.ofMillis(1));
		}
		assertThat(passed).isEqualTo(600 + 2);
	}

	@Test
	void aSilenceGivesTheBurstBackAndNotMore() {
		for (int i = 0; i < 3; i++) {
			this.rates.waitNanos("a", this.tenPerSecond);
		}
		pass(Duration.ofHours(1));
		for (int i = 0; i < 3; i++) {
			assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isZero();
		}
		assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isPositive();
	}

	@Test
	void aRateThatIsRaisedTakesEffectAtOnce() {
		PushRate hourly = new PushRate("1/h", Duration.ofHours(1).toNanos(), 1);
		this.rates.waitNanos("a", hourly);
		assertThat(this.rates.waitNanos("a", hourly)).isEqualTo(Duration.ofHours(1).toNanos());
		assertThat(this.rates.waitNanos("a", this.tenPerSecond)).isEqualTo(100_000_000);
	}

	@Test
	void saysInWholeSecondsWhenToPushAgain() {
		JobLimit limit = new JobLimit(new JobPattern("nightly-*"), 7, null, null, PushRate.read("2/m"));
		this.rates.take("nightly-1", limit);
		this.rates.take("nightly-1", limit);
		pass(Duration.ofMillis(500));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.rates.take("nightly-1", limit))
			.satisfies((ex) -> {
				assertThat(ex.refusal().status()).isEqualTo(429);
				assertThat(ex.refusal().headers()).containsEntry("Retry-After", "30");
				assertThat(ex.refusal().text()).contains("\"nightly-1\"", "2/m", "2 at once", "30 seconds",
						"\"nightly-*\"", "line 7");
			});
		this.rates.take("x", new JobLimit(new JobPattern("x"), 1, null, 5, null));
		assertThat(this.rates.jobs()).as("a job without a rate is not kept").isEqualTo(1);
	}

	@Test
	void aHundredThousandJobsTakeNoMoreRoomThanFiveThousand() {
		this.rates.waitNanos("busy", this.tenPerSecond);
		for (int i = 0; i < 100_000; i++) {
			this.rates.waitNanos("job" + "x".repeat(200) + i, this.tenPerSecond);
			if (i % 1000 == 0) {
				this.rates.waitNanos("busy", this.tenPerSecond);
			}
			assertThat(this.rates.jobs()).isLessThanOrEqualTo(PushRates.MAX_JOBS);
		}
		assertThat(this.rates.jobs()).isEqualTo(PushRates.MAX_JOBS);
		assertThat(this.rates.waitNanos("busy", this.tenPerSecond)).as("who pushes is not forgotten").isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/s", "100000/s", "1/m", "100000/m", "1/h", "100000/h" })
	void theLargestBurstOverflowsNothing(String text) {
		PushRate rate = PushRate.read(text).withBurst(PushRate.MOST);
		assertThat(rate.toleranceNanos()).isPositive();
		for (int i = 0; i < PushRate.MOST; i++) {
			assertThat(this.rates.waitNanos("a", rate)).isZero();
		}
		assertThat(this.rates.waitNanos("a", rate)).isEqualTo(rate.intervalNanos());
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
