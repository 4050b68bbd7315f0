package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo application: health as its probes read it, metrics, memos that stay, and
 * errors that are seen.
 */
@RunningStack
class DemoAppIT {

	private static final Duration RESTART = Duration.ofSeconds(90);

	@Test
	void tellsItsHealthInTheAgreedForm() throws IOException {
		HttpResponse<String> answer = Http.get(Stack.DEMO_APP, "/health/");
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode health = Http.json(answer.body());
		assertThat(health.propertyNames()).containsExactly("status", "timestamp", "checks");
		assertThat(health.path("status").asString()).isEqualTo("healthy");
		assertThat(answer.body()).as("seconds with a decimal point")
			.containsPattern("\"timestamp\":\\s*\\d{10}\\.\\d+");
		assertThat(health.path("timestamp").asDouble()).isBetween(Instant.now().getEpochSecond() - 60.0,
				Instant.now().getEpochSecond() + 60.0);
		assertThat(health.path("checks")).isEqualTo(Http.json("""
				{
				  "database": {"status": "healthy", "message": "Database connection is working"},
				  "application": {"status": "healthy", "message": "Application is running"}
				}
				"""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/health", "/health/", "/health/ready/", "/health/live/", "/actuator/health" })
	void answersEachProbe(String path) {
		assertThat(DemoApp.status(path)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/metrics", "/metrics/" })
	void exposesItsMetrics(String path) throws IOException {
		HttpResponse<String> answer = Http.get(Stack.DEMO_APP, path);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/plain"));
		assertThat(answer.body()).contains("http_requests_total{", "http_request_duration_seconds_bucket{",
				"http_server_requests_seconds_bucket{", "hikaricp_connections{", "jvm_memory_used_bytes{",
				"memo_total ");
	}

	@Test
	void keepsMemosInItsDatabaseOverARestart() throws IOException {
		String title = Ids.unique("it memo");
		JsonNode memo = DemoApp.create(title);
		try {
			assertThat(Stack
				.exec("postgres", "psql", "--username=memos", "--dbname=memos", "--no-align", "--tuples-only",
						"--command=SELECT count(*) FROM memo WHERE title = '" + title + "'")
				.orFail()
				.out()
				.trim()).as("rows in PostgreSQL").isEqualTo("1");
			Instant begin = Instant.now();
			Stack.compose("restart", "--no-deps", "demo-app");
			DemoApp.awaitStatus("/health/ready/", 200, RESTART);
			Report.seconds("restart of demo-app", Duration.between(begin, Instant.now()));
			assertThat(Http.getJson(Stack.DEMO_APP, DemoApp.address(memo)).path("title").asString()).isEqualTo(title);
		}
		finally {
			DemoApp.delete(memo);
			Stack.awaitHealthy("demo-app");
		}
	}

	@Test
	void showsProvokedErrorsInPrometheusAndNotInItsHealth() throws IOException {
		double before = errors();
		try {
			assertThat(
					Http.send("POST", Stack.DEMO_APP, "/chaos/errors?rate=1&duration=20s", "", Map.of()).statusCode())
				.isEqualTo(200);
			for (int i = 0; i < 5; i++) {
				assertThat(DemoApp.status("/api/memos")).isBetween(500, 599);
			}
			assertThat(DemoApp.status("/health/")).isEqualTo(200);
		}
		finally {
			Http.send("DELETE", Stack.DEMO_APP, "/chaos/errors", "", Map.of());
		}
		assertThat(DemoApp.status("/api/memos")).as("after the switch was turned off").isEqualTo(200);
		Awaitility.await("errors in Prometheus")
			.atMost(Prometheus.SEEN)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> errors() >= before + 5);
		DemoApp.outweighErrors();
	}

	private static double errors() throws IOException {
		return Prometheus
			.query("http_requests_total{job=\"demo-app\",method=\"GET\",route=\"/api/memos\",status_code=~\"5..\"}")
			.stream()
			.mapToDouble(Prometheus.Sample::value)
			.sum();
	}

}
