package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The demo application as its visitors use it.
 */
final class DemoApp {

	private static final String ERRORS = "increase(http_requests_total{job=\"demo-app\",status_code=~\"5..\"}[6m])";

	private DemoApp() {
	}

	static JsonNode create(String title) throws IOException {
		return Http
			.json(Http.sendJson("POST", Stack.DEMO_APP, "/api/memos", Map.of("title", title, "body", "본문")).body());
	}

	static void delete(JsonNode memo) throws IOException {
		Http.send("DELETE", Stack.DEMO_APP, address(memo), "", Map.of());
	}

	static String address(JsonNode memo) {
		return "/api/memos/" + memo.path("id").asLong();
	}

	static int status(String path) {
		try {
			return Http.get(Stack.DEMO_APP, path).statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	static void awaitStatus(String path, int status, Duration limit) {
		Awaitility.await("%s answers %d".formatted(path, status))
			.atMost(limit)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> status(path), (found) -> found == status);
	}

	/**
	 * Send good requests until the failed ones are no longer one in twenty. Else
	 * HighErrorRate would fire some minutes after a test that has provoked errors.
	 * @throws IOException if Prometheus does not answer
	 */
	static void outweighErrors() throws IOException {
		double errors = Prometheus.query("sum(" + ERRORS + ")").stream().mapToDouble(Prometheus.Sample::value).sum();
		for (int i = 0; i < Math.min(2000, 40 * (errors + 2)); i++) {
			status("/api/memos?size=1");
		}
	}

}
