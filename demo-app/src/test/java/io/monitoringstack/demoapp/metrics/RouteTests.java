package io.monitoringstack.demoapp.metrics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTests {

	@ParameterizedTest
	@CsvSource({ "/api/memos/{id}, 200, /api/memos/{id}", "/api/memos, 500, /api/memos", "/**, 200, static",
			"/**, 304, static", "/**, 404, unmatched", "/healthy, 200, /healthy" })
	void isTheTemplateOfThePath(String pattern, int status, String route) {
		assertThat(Route.of(pattern, status)).contains(route);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/health", "/health/", "/health/live/", "/metrics", "/metrics/", "/actuator/prometheus",
			"/actuator/health/**", "/chaos", "/chaos/{name}" })
	void leavesOutMachinesAndSwitches(String pattern) {
		assertThat(Route.of(pattern, 503)).isEmpty();
	}

	@Test
	void whatNothingAnswersIsOneRoute() {
		assertThat(Route.of(null, 405)).contains("unmatched");
	}

}
