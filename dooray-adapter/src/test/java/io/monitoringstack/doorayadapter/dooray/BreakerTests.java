package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTests {

	private long now;

	private final Breaker breaker = new Breaker(3, Duration.ofSeconds(5), () -> this.now);

	@Test
	void opensAfterFailuresInARowAndLetsAProbePassAfterThePause() {
		failed(2);
		assertThat(this.breaker.closedFor()).isZero();
		this.breaker.became(new Outcome.Accepted());
		failed(3);
		assertThat(this.breaker.closedFor()).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.breaker.state()).isEqualTo(2);
		this.now += Duration.ofSeconds(5).toNanos();
		assertThat(this.breaker.closedFor()).isZero();
		assertThat(this.breaker.state()).isEqualTo(1);
	}

	@Test
	void aFailedProbeBeginsThePauseAnewAndASuccessEndsIt() {
		failed(3);
		this.now += Duration.ofSeconds(5).toNanos();
		failed(1);
		assertThat(this.breaker.closedFor()).isEqualTo(Duration.ofSeconds(5));
		this.now += Duration.ofSeconds(5).toNanos();
		this.breaker.became(new Outcome.Accepted());
		assertThat(this.breaker.state()).isZero();
		failed(2);
		assertThat(this.breaker.state()).isZero();
	}

	@ParameterizedTest
	@EnumSource(value = FailureReason.class, names = { "CLIENT_ERROR", "AUTH_ERROR", "REDIRECT", "RATE_LIMITED" })
	void aRefusalShowsThatDoorayIsThere(FailureReason reason) {
		failed(2);
		this.breaker.became(new Outcome.Failed(reason, Duration.ZERO));
		failed(2);
		assertThat(this.breaker.state()).isZero();
	}

	private void failed(int times) {
		for (int i = 0; i < times; i++) {
			this.breaker.became(new Outcome.Failed(FailureReason.CONNECT_ERROR, Duration.ZERO));
		}
	}

}
