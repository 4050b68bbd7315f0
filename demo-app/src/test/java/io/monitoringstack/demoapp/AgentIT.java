package io.monitoringstack.demoapp;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar with the OpenTelemetry agent attached, as the image runs it: one trace id leads
 * from a metric's exemplar to the spans and to the log line.
 */
class AgentIT {

	private static final JsonMapper json = new JsonMapper();

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@TempDir
	private static Path folder;

	private static Process service;

	private static String url;

	private static Path log;

	@BeforeAll
	static void start() throws Exception {
		Path agent = Path.of("target/agent/opentelemetry-javaagent.jar");
		Path jar = Path.of("target/demo-app.jar");
		assertThat(List.of(agent, jar)).as("made by Maven before this test").allMatch(Files::isRegularFile);
		int port = freePort();
		log = folder.resolve("log");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-javaagent:" + agent, "-jar", jar.toString());
		builder.environment()
			.putAll(Map.of("SERVER_PORT", String.valueOf(port), "OTEL_TRACES_EXPORTER", "logging", "OTEL_LOGS_EXPORTER",
					"none", "OTEL_METRICS_EXPORTER", "none", "LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash"));
		service = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		url = "http://127.0.0.1:" + port;
		await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(500)).until(AgentIT::isUp);
	}

	@AfterAll
	static void stop() throws InterruptedException {
		if (service != null) {
			service.destroy();
			if (!service.waitFor(20, TimeUnit.SECONDS)) {
				service.destroyForcibly();
			}
		}
	}

	@Test
	void exemplarsLeadFromTheMetricToTheTrace() throws Exception {
		String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
		send("GET", "/api/memos", trace);
		await().untilAsserted(() -> assertThat(metrics("application/openmetrics-text;version=1.0.0").lines())
			.anyMatch((line) -> line.startsWith("http_request_duration_seconds_bucket{")
					&& line.contains("route=\"/api/memos\"") && line.contains("trace_id=\"" + trace + "\""))
			.anyMatch((line) -> line.startsWith("http_server_requests_seconds_bucket{")
					&& line.contains("uri=\"/api/memos\"") && line.contains("trace_id=\"" + trace + "\"")));
		assertThat(metrics("text/plain")).doesNotContain("trace_id");
	}

	@Test
	void aSummaryIsOneTraceOverTwoServersAndADatabase() throws Exception {
		String trace = "0af7651916cd43dd8448eb211c80319c";
		String memo = json.readTree(send("POST", "/api/memos", "0af7651916cd43dd8448eb211c803190").body())
			.path("id")
			.asString();
		send("GET", "/api/memos/" + memo + "/summary", trace);
		await().untilAsserted(() -> assertThat(spans(trace)).anyMatch((span) -> span.contains("'SELECT"))
			.anyMatch((span) -> span.contains("'POST /internal/summaries'") && span.contains("SERVER"))
			.anyMatch((span) -> span.contains("'POST'") && span.contains("CLIENT"))
			.anyMatch((span) -> span.contains("'GET /api/memos/{id}/summary'") && span.contains("SERVER")));
	}

	@Test
	void logLinesCarryTheTraceAtTheTop() throws Exception {
		String trace = "1af7651916cd43dd8448eb211c80319c";
		send("POST", "/chaos/errors", "1af7651916cd43dd8448eb211c803190");
		assertThat(send("GET", "/api/memos/7", trace).statusCode()).isEqualTo(500);
		send("DELETE", "/chaos/errors", "1af7651916cd43dd8448eb211c803191");
		await().untilAsserted(() -> assertThat(entries()).anySatisfy((entry) -> {
			assertThat(entry.path("trace_id").asString()).isEqualTo(trace);
			assertThat(entry.path("span_id").asString()).matches("[0-9a-f]{16}");
			assertThat(entry.path("level").asString()).isEqualTo("ERROR");
			assertThat(entry.path("message").asString()).isEqualTo("Request failed on purpose");
			assertThat(entry.path("@timestamp").asString()).isNotEmpty();
		}));
	}

	private static boolean isUp() {
		if (!service.isAlive()) {
			throw new AssertionError("The service ended");
		}
		try {
			return client
				.send(HttpRequest.newBuilder(URI.create(url + "/health/ready/")).build(), BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpResponse<String> send(String method, String path, String trace) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
			.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString(
					path.startsWith("/chaos") ? "{\"rate\":1}" : "{\"title\":\"traced\",\"body\":\"some words\"}"));
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private static String metrics(String accept) throws Exception {
		return client
			.send(HttpRequest.newBuilder(URI.create(url + "/metrics")).header("Accept", accept).build(),
					BodyHandlers.ofString())
			.body();
	}

	private static List<String> spans(String trace) throws IOException {
		return Files.readAllLines(log)
			.stream()
			.filter((line) -> line.contains("LoggingSpanExporter") && line.contains(trace))
			.toList();
	}

	private static List<JsonNode> entries() throws IOException {
		return Files.readAllLines(log).stream().filter((line) -> line.startsWith("{")).map(json::readTree).toList();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
