package io.monitoringstack.demoapp.bounded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class BoundedCallTests {

	private final AtomicInteger calls = new AtomicInteger();

	@Test
	void returnsWhatTheCallReturns() throws Exception {
		BoundedCall<Integer> call = new BoundedCall<>("test", Duration.ofSeconds(5), this.calls::incrementAndGet);
		assertThat(call.get()).isEqualTo(1);
		assertThat(call.get()).isEqualTo(2);
	}

	@Test
	void passesOnThatTheCallFailed() {
		BoundedCall<Integer> call = new BoundedCall<>("test", Duration.ofSeconds(5), () -> {
			throw new IllegalStateException("broken");
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void givesUpWaitingForACallThatHangsAndDoesNotMakeASecondOne() {
		CountDownLatch release = new CountDownLatch(1);
		BoundedCall<Integer> call = hanging(release, Duration.ofMillis(200));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(call::get);
		long start = System.nanoTime();
		for (int i = 0; i < 50; i++) {
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(call::get);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(150));
		assertThat(this.calls).hasValue(1);
		release.countDown();
	}

	@Test
	void worksAgainOnceTheCallThatHungIsOver() {
		CountDownLatch release = new CountDownLatch(1);
		BoundedCall<Integer> call = hanging(release, Duration.ofMillis(50));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(call::get);
		release.countDown();
		await().ignoreExceptions().untilAsserted(() -> assertThat(call.get()).isGreaterThan(1));
	}

	private BoundedCall<Integer> hanging(CountDownLatch release, Duration limit) {
		return new BoundedCall<>("test", limit, () -> {
			int number = this.calls.incrementAndGet();
			release.await();
			return number;
		});
	}

}
