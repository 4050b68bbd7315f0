package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Grafana as it was provisioned: its data sources answer, and it asks nobody outside.
 */
@RunningStack
class GrafanaIT {

	@BeforeAll
	static void needsGrafana() {
		Stack.assumeRuns("grafana", "loki", "tempo", "nginx", "promtail");
	}

	@ParameterizedTest
	@ValueSource(strings = { "prometheus", "loki" })
	void aDataSourceIsHealthy(String uid) throws IOException {
		HttpResponse<String> answer = get("/api/datasources/uid/" + uid + "/health");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(Http.json(answer.body()).path("status").asString()).as(answer.body()).isEqualTo("OK");
	}

	/**
	 * The plug-ins of these have no health check in all versions of Grafana.
	 */
	@ParameterizedTest
	@CsvSource({ "alertmanager, /api/v2/status, versionInfo", "tempo, /api/echo, echo",
			"tempo, /api/search?limit=1, traces" })
	void aDataSourceAnswersThroughIt(String uid, String path, String content) throws IOException {
		HttpResponse<String> answer = get("/api/datasources/proxy/uid/" + uid + path);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains(content);
	}

	@Test
	void aQueryThroughPrometheusHasData() throws IOException {
		assertThat(value("prometheus", "count(up)")).isPositive();
	}

	@Test
	void aQueryThroughLokiHasData() throws IOException {
		String path = "/" + Ids.unique("it-grafana");
		Http.get(Stack.NGINX, path);
		String lines = "sum(count_over_time({service_name=\"nginx\",%s} |= `%s`[10m]))".formatted(Loki.HERE, path);
		Awaitility.await("the line of the request")
			.atMost(Loki.SEEN)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> value("loki", lines), (count) -> count == 1);
	}

	@Test
	void nobodySignsUpOrLooksWithoutALogin() throws IOException {
		assertThat(Http.get(Stack.GRAFANA, "/api/datasources").statusCode()).isEqualTo(401);
		assertThat(Http.sendJson("POST", Stack.GRAFANA, "/api/user/signup", Map.of("email", "somebody@example.com"))
			.statusCode()).isIn(401, 403, 404);
	}

	private static HttpResponse<String> get(String path) throws IOException {
		return Http.send("GET", Stack.GRAFANA, path, "", Stack.grafanaAdmin());
	}

	private static double value(String uid, String expression) throws IOException {
		HttpResponse<String> answer = Http.sendJson("POST", Stack.GRAFANA, "/api/ds/query",
				Map.of("from", "now-1h", "to", "now", "queries",
						List.of(Map.of("refId", "A", "datasource", Map.of("uid", uid), "expr", expression, "instant",
								true, "queryType", "instant", "intervalMs", 15000, "maxDataPoints", 10))),
				Stack.grafanaAdmin());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		JsonNode values = Http.json(answer.body()).path("results").path("A").path("frames").path(0).path("data");
		return values.path("values").path(1).path(0).asDouble(0);
	}

}
