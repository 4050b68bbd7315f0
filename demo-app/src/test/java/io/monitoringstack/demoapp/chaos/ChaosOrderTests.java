package io.monitoringstack.demoapp.chaos;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChaosOrderTests {

	private static final ChaosProperties LIMITS = new ChaosProperties(Duration.ofMinutes(10), Duration.ofHours(1));

	@Test
	void everythingIsOptional() {
		ChaosOrder order = ChaosOrder.of(ChaosSwitch.ERRORS, Map.of(), LIMITS);
		assertThat(order).isEqualTo(new ChaosOrder(Map.of("rate", 0.5), Duration.ofMinutes(10)));
	}

	@ParameterizedTest
	@CsvSource({ "90s, 90", "5m, 300", "PT2M, 120", "45, 45", "1h, 3600" })
	void takesDurationsAsPeopleWriteThem(String text, long seconds) {
		assertThat(ChaosOrder.of(ChaosSwitch.DATABASE, Map.of("duration", text), LIMITS).duration())
			.isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "ERRORS, rate, 1.01, 'rate' must be between 0 and 1",
			"ERRORS, rate, -0.1, 'rate' must be between 0 and 1", "ERRORS, rate, half, 'rate' must be a number",
			"ERRORS, rate, NaN, 'rate' must be a number",
			"LATENCY, millis, 30001, 'millis' must be between 1 and 30000",
			"CPU, percent, 0, 'percent' must be between 1 and 100",
			"CPU, threads, 100000, 'threads' must be between 1 and",
			"DATABASE, rate, 1, Unknown parameter; 'database' takes 'duration'",
			"ERRORS, duration, soon, 'duration' must look like 90s",
			"ERRORS, duration, 61m, 'duration' must be between 1s and 3600s",
			"ERRORS, duration, 0s, 'duration' must be between", "ERRORS, duration, -5m, 'duration' must be between",
			"ERRORS, duration, 999999999999d, 'duration' must" })
	void saysWhatWouldBeRight(ChaosSwitch chaosSwitch, String name, String value, String message) {
		assertThatExceptionOfType(InvalidChaosException.class)
			.isThrownBy(() -> ChaosOrder.of(chaosSwitch, Map.of(name, value), LIMITS))
			.withMessageContaining(message);
	}

}
