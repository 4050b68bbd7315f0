package io.monitoringstack.demoapp.chaos;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.monitoringstack.demoapp.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ChaosSwitchesTests {

	private final MovableClock clock = new MovableClock();

	private final CountingEffect effect = new CountingEffect();

	private ChaosSwitches switches = switches(this.clock);

	@AfterEach
	void stop() {
		this.switches.destroy();
	}

	@Test
	void allAreOffAtFirst() {
		assertThat(this.switches.status()).extracting(ChaosStatus::name)
			.containsExactly("errors", "latency", "cpu", "memory", "database");
		assertThat(this.switches.status()).noneMatch(ChaosStatus::active);
	}

	@Test
	void tellsHowLongASwitchStaysOn() {
		ChaosStatus status = this.switches.start(ChaosSwitch.ERRORS, Map.of("rate", "0.25", "duration", "90s"));
		this.clock.advance(Duration.ofMillis(30_500));
		assertThat(status.parameters()).containsEntry("rate", 0.25);
		assertThat(this.switches.status().get(0).remainingSeconds()).isEqualTo(60);
	}

	@Test
	void endsWhenTheClockSaysSoEvenIfTheTimerIsLate() {
		this.switches.start(ChaosSwitch.ERRORS, Map.of("duration", "90s"));
		this.clock.advance(Duration.ofSeconds(90));
		assertThat(this.switches.active(ChaosSwitch.ERRORS)).isEmpty();
		assertThat(this.switches.status()).noneMatch(ChaosStatus::active);
	}

	@Test
	void stopsTheEffectByItselfWhenTimeIsUp() {
		this.switches = switches(Clock.systemUTC());
		this.switches.start(ChaosSwitch.CPU, Map.of("duration", "1s"));
		assertThat(this.effect.running).hasValue(1);
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(this.effect.running).hasValue(0));
	}

	@Test
	void startingAnewReplacesTheEffectInsteadOfAddingOne() {
		this.switches.start(ChaosSwitch.CPU, Map.of());
		this.switches.start(ChaosSwitch.CPU, Map.of("percent", "10"));
		assertThat(this.effect.running).hasValue(1);
		assertThat(this.effect.percent).isEqualTo(10);
		this.switches.stop(ChaosSwitch.CPU);
		assertThat(this.effect.running).hasValue(0);
	}

	@Test
	void aWrongOrderLeavesASwitchAsItWas() {
		this.switches.start(ChaosSwitch.CPU, Map.of("percent", "10"));
		assertThatExceptionOfType(InvalidChaosException.class)
			.isThrownBy(() -> this.switches.start(ChaosSwitch.CPU, Map.of("percent", "1000")));
		assertThat(this.switches.active(ChaosSwitch.CPU)).isPresent();
		assertThat(this.effect.percent).isEqualTo(10);
	}

	@Test
	void stoppingWhatIsOffDoesNothing() {
		assertThat(this.switches.stop(ChaosSwitch.CPU).active()).isFalse();
		assertThat(this.effect.running).hasValue(0);
	}

	@Test
	void nothingGoesOnAfterTheServiceHasStopped() {
		this.switches.start(ChaosSwitch.CPU, Map.of());
		this.switches.destroy();
		assertThat(this.effect.running).hasValue(0);
	}

	private ChaosSwitches switches(Clock clock) {
		return new ChaosSwitches(List.of(this.effect), new ChaosProperties(Duration.ofMinutes(10), Duration.ofHours(1)),
				clock);
	}

	private static final class CountingEffect implements ChaosEffect {

		private final AtomicInteger running = new AtomicInteger();

		private double percent;

		@Override
		public ChaosSwitch chaosSwitch() {
			return ChaosSwitch.CPU;
		}

		@Override
		public void start(ChaosRun run) {
			this.percent = run.parameter("percent");
			this.running.incrementAndGet();
		}

		@Override
		public void stop() {
			this.running.decrementAndGet();
		}

		@Override
		public Map<String, Long> figures() {
			return Map.of();
		}

	}

}
