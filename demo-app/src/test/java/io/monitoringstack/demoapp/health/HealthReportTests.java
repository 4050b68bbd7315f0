package io.monitoringstack.demoapp.health;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class HealthReportTests {

	private final JsonMapper json = new JsonMapper();

	@Test
	void isWrittenToTheLetterAsProbesExpectIt() {
		Map<String, Check> checks = new LinkedHashMap<>();
		checks.put("database", Check.healthy("Database connection is working"));
		checks.put("application", Check.healthy("Application is running"));
		assertThat(write(Instant.ofEpochSecond(1706400000), checks)).isEqualTo("{\"status\":\"healthy\","
				+ "\"timestamp\":1706400000.0,\"checks\":{\"database\":{\"status\":\"healthy\","
				+ "\"message\":\"Database connection is working\"},\"application\":{\"status\":\"healthy\","
				+ "\"message\":\"Application is running\"}}}");
	}

	@Test
	void oneUnhealthyCheckMakesTheWholeUnhealthy() {
		assertThat(write(Instant.ofEpochMilli(1706400000250L), Map.of("database", Check.unhealthy("gone"))))
			.isEqualTo("{\"status\":\"unhealthy\",\"timestamp\":1706400000.25,"
					+ "\"checks\":{\"database\":{\"status\":\"unhealthy\",\"message\":\"gone\"}}}");
	}

	private String write(Instant now, Map<String, Check> checks) {
		return this.json.writeValueAsString(HealthReport.of(now, checks));
	}

}
