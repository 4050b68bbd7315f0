package io.monitoringstack.stacktests.running;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything behind the one address: each path with a client that is used on it.
 */
@RunningStack
class RoutesIT {

	private static final Duration BACK = Duration.ofSeconds(60);

	@BeforeAll
	static void needsTheOneAddress() {
		Stack.assumeRuns("nginx", "loki", "tempo", "otel-collector");
	}

	@ParameterizedTest
	@CsvSource({ "/nginx/health, ok", "/prometheus/-/ready, Ready", "/prometheus/api/v1/query?query=up, demo-app",
			"/prometheus/query, <title>Prometheus", "/alertmanager/api/v2/status, versionInfo",
			"/alertmanager/, <title>Alertmanager", "/loki/ready, ready", "/loki/metrics, loki_build_info",
			"/loki/api/v1/labels, service_name", "/tempo/ready, ready", "/tempo/metrics, tempo_build_info",
			"/tempo/api/search?limit=1, traces", "/tempo/api/echo, echo", "/pushgateway/, Pushgateway",
			"/pushgateway/metrics, pushgateway_build_info", "/pushgateway/-/healthy, OK", "/otel-collector/, available",
			"/otel-collector/metrics, otelcol_" })
	void leadsTo(String path, String content) throws IOException {
		HttpResponse<String> answer = Http.get(Stack.NGINX, path);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains(content);
	}

	@ParameterizedTest
	@CsvSource({ "/prometheus, /prometheus/", "/alertmanager, /alertmanager/", "/pushgateway, /pushgateway/" })
	void aForgottenSlashIsAdded(String path, String to) throws IOException {
		HttpResponse<String> answer = Http.get(Stack.NGINX, path);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location")).hasValue(to);
	}

	@Test
	void redirectsOfABackendStayBelowItsPath() throws IOException {
		HttpResponse<String> answer = Http.get(Stack.NGINX, "/prometheus/");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location"))
			.hasValueSatisfying((to) -> assertThat(to).startsWith("/prometheus/"));
	}

	@Test
	void grafanaTakesALoginAndItsLiveConnection() throws Exception {
		Stack.assumeRuns("grafana");
		HttpResponse<String> login = Http.sendJson("POST", Stack.NGINX, "/login",
				Map.of("user", Stack.setting("GRAFANA_ADMIN_USER", "admin"), "password",
						Stack.setting("GRAFANA_ADMIN_PASSWORD", "admin")));
		assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
		assertThat(login.headers().allValues("Set-Cookie")).anyMatch((cookie) -> cookie.startsWith("grafana_session="));
		assertThat(Http.send("GET", Stack.NGINX, "/api/user", "", Stack.grafanaAdmin()).statusCode()).isEqualTo(200);
		assertThat(Http.get(Stack.NGINX, "/api/user").statusCode()).isEqualTo(401);
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.header("Authorization", Stack.grafanaAdmin().get("Authorization"))
			.buildAsync(URI.create("ws://" + Stack.NGINX.getAuthority() + "/api/live/ws"), new WebSocket.Listener() {
			})
			.get(20, TimeUnit.SECONDS);
		assertThat(socket.isInputClosed()).isFalse();
		socket.abort();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/path/var%2Flog%2Fa%20b", "/path@base64/dmFyL2xvZy9hIGI", "/path@base64/dmFyL2xvZy9hIGI=" })
	void pushesKeepTheirPath(String labels) throws IOException {
		String id = Ids.unique("it_route");
		String group = "/pushgateway/metrics/job/" + id + labels;
		assertThat(Http.send("PUT", Stack.NGINX, group, id + " 3\n", Map.of()).statusCode()).isEqualTo(200);
		try {
			assertThat(Pushes.groups()).filteredOn((one) -> one.contains(id))
				.singleElement()
				.satisfies((one) -> assertThat(Http.json(one).path("path").asString()).isEqualTo("var/log/a b"));
		}
		finally {
			assertThat(Http.send("DELETE", Stack.NGINX, group, "", Map.of()).statusCode()).isEqualTo(202);
		}
	}

	@Test
	void aDoubledSlashReachesTheProxyWhichExplainsIt() throws IOException {
		String path = "/metrics/job//" + Ids.unique("it_route") + "/a/b";
		HttpResponse<String> direct = Http.send("PUT", Stack.PROXY, path, "x 1\n", Map.of());
		HttpResponse<String> routed = Http.send("PUT", Stack.NGINX, "/pushgateway" + path, "x 1\n", Map.of());
		assertThat(routed.statusCode()).isEqualTo(400).isEqualTo(direct.statusCode());
		assertThat(routed.body()).isNotBlank().isEqualTo(direct.body());
	}

	@Test
	void aLargePushPasses() throws IOException {
		String id = Ids.unique("it_large");
		String group = "/pushgateway/metrics/job/" + id;
		String body = "# a comment that makes the body large, as a help text might\n".repeat(85_000) + id + " 1\n";
		assertThat(body.length()).isGreaterThan(5_000_000);
		HttpResponse<String> answer = Http.send("POST", Stack.NGINX, group, body, Map.of());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		Http.send("DELETE", Stack.NGINX, group, "", Map.of());
	}

	@Test
	void aLongQueryPasses() throws IOException {
		String query = "up{job=~\"demo-app|" + "x".repeat(6000) + "\"}";
		JsonNode answer = Http.getJson(Stack.NGINX, "/prometheus/api/v1/query?query=" + Http.encoded(query));
		assertThat(answer.path("data").path("result")).isNotEmpty();
	}

	@Test
	void remoteWriteIsTaken() throws IOException {
		String name = Ids.unique("it_remote_write");
		HttpResponse<String> answer = Http.send("POST", Stack.NGINX, "/prometheus/api/v1/write",
				Snappy.compress(writeRequest(name, 12.5)), Map.of("Content-Type", "application/x-protobuf",
						"Content-Encoding", "snappy", "X-Prometheus-Remote-Write-Version", "0.1.0"));
		assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
		Prometheus.awaitValue(name + "{job=\"stack-tests\"}", 12.5);
	}

	@Test
	void logsArePushedAndAskedFor() throws IOException {
		String service = Ids.unique("it-push");
		HttpResponse<String> answer = Http.sendJson("POST", Stack.NGINX, "/loki/api/v1/push",
				Map.of("streams", List.of(Map.of("stream", Map.of("service_name", service), "values",
						List.of(List.of(String.valueOf(Otlp.nanos()), "pushed through nginx"))))));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
		JsonNode found = Awaitility.await("the line")
			.atMost(Loki.SEEN)
			.until(() -> Http
				.getJson(Stack.NGINX,
						"/loki/api/v1/query_range?query=" + Http.encoded("{service_name=\"" + service + "\"}"))
				.path("data")
				.path("result"), (result) -> !result.isEmpty());
		assertThat(found.path(0).path("values").path(0).path(1).asString()).isEqualTo("pushed through nginx");
	}

	@Test
	void logsGoStraightToLokiByOtlp() {
		String service = Ids.unique("it-loki-otlp");
		String traceId = Otlp.traceId();
		try (Otlp otlp = Otlp.http(Stack.NGINX + "/loki/otlp")) {
			assertThat(otlp.logs(List.of(Otlp.log(service, traceId, "straight")))).isTrue();
		}
		assertThat(Loki.await(Loki.stream(service) + " | trace_id=`" + traceId + "`", 1)).singleElement()
			.extracting(Loki.Line::text)
			.isEqualTo("straight");
	}

	@Test
	void tracesGoStraightToTempoByHttp() {
		String traceId = Otlp.traceId();
		try (Otlp otlp = Otlp.http(Stack.NGINX + "/tempo/otlp")) {
			assertThat(otlp.spans(List.of(Otlp.span("it-tempo-http", traceId, "straight")))).isTrue();
		}
		assertThat(Tempo.await(traceId, (trace) -> !trace.spans().isEmpty()).spans()).hasSize(1);
	}

	@Test
	void tracesGoStraightToTempoByGrpc() throws IOException {
		String traceId = Otlp.traceId();
		String status = grpc("/tempo/otlp/grpc/opentelemetry.proto.collector.trace.v1.TraceService/Export",
				Otlp.span("it-tempo-grpc", traceId, "straight"));
		assertThat(status).isEqualTo("0");
		assertThat(Tempo.await(traceId, (trace) -> !trace.spans().isEmpty()).spans()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/prometheus/-/reload", "/prometheus/-/quit", "/prometheus/api/v1/admin/tsdb/snapshot",
			"/prometheus/%2d/reload", "/prometheus/x/../-/quit", "/prometheus/debug/pprof/heap",
			"/alertmanager/-/reload", "/alertmanager/debug/pprof/heap", "/pushgateway/api/v1/admin/wipe",
			"/pushgateway/-/quit", "/pushgateway/%2d/quit", "/loki/flush", "/loki/ingester/shutdown", "/loki/config",
			"/loki/api/v1/delete", "/loki/api/v1/rules", "/tempo/flush", "/tempo/shutdown", "/tempo/status/config" })
	void administrationIsNotReachedThroughIt(String path) throws IOException {
		for (String method : List.of("POST", "PUT", "GET")) {
			HttpResponse<String> answer = Http.send(method, Stack.NGINX, path, "", Map.of());
			assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(403);
		}
	}

	@Test
	void aStoppedBackendIsExplainedAndComesBack() throws IOException {
		Stack.compose("stop", "alertmanager");
		try {
			HttpResponse<String> page = Http.send("GET", Stack.NGINX, "/alertmanager/", "",
					Map.of("Accept", "text/html,application/xhtml+xml"));
			assertThat(page.statusCode()).isEqualTo(503);
			assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
			assertThat(page.body()).contains("<h1>Alertmanager does not answer</h1>", "응답하지 않습니다");
			HttpResponse<String> line = Http.get(Stack.NGINX, "/alertmanager/api/v2/status");
			assertThat(line.statusCode()).isEqualTo(503);
			assertThat(line.headers().firstValue("Content-Type")).hasValue("text/plain");
			assertThat(line.headers().firstValue("Retry-After")).hasValue("5");
			assertThat(line.body()).startsWith("Alertmanager does not answer").hasLineCount(1);
			assertThat(Http.get(Stack.NGINX, "/prometheus/-/ready").statusCode()).as("the others").isEqualTo(200);
		}
		finally {
			Stack.compose("start", "alertmanager");
			Stack.awaitHealthy("alertmanager");
		}
		awaitStatus("/alertmanager/api/v2/status", 200);
	}

	@Test
	void aStoppedCollectorIsUnavailableInTheWordsOfGrpc() throws IOException {
		String path = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
		Stack.compose("stop", "otel-collector");
		try {
			assertThat(grpc(path, Otlp.span("it-down", Otlp.traceId(), "lost"))).isEqualTo("14");
			HttpResponse<String> line = Http.get(Stack.NGINX, "/otel-collector/");
			assertThat(line.statusCode()).isEqualTo(503);
			assertThat(line.body()).startsWith("The OpenTelemetry Collector does not answer");
		}
		finally {
			Stack.compose("start", "otel-collector");
		}
		awaitStatus("/otel-collector/", 200);
		String traceId = Otlp.traceId();
		Awaitility.await("the Collector by gRPC")
			.atMost(BACK)
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> "0".equals(grpc(path, Otlp.span("it-down", traceId, "back"))));
		assertThat(Tempo.await(traceId, (trace) -> !trace.spans().isEmpty()).spans()).isNotEmpty();
	}

	private static void awaitStatus(String path, int status) {
		Awaitility.await(path)
			.atMost(BACK)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> Http.get(Stack.NGINX, path).statusCode(), (found) -> found == status);
	}

	/**
	 * A call with prior knowledge of HTTP/2, as every gRPC client makes it.
	 * @return its grpc-status
	 */
	private static String grpc(String path, SpanData span) throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		TraceRequestMarshaler.create(List.of(span)).writeBinaryTo(message);
		ByteBuffer frame = ByteBuffer.allocate(5 + message.size())
			.put((byte) 0)
			.putInt(message.size())
			.put(message.toByteArray());
		OkHttpClient client = new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
			.callTimeout(Duration.ofSeconds(20))
			.build();
		Request request = new Request.Builder().url(Stack.NGINX + path)
			.header("TE", "trailers")
			.post(RequestBody.create(frame.array(), MediaType.get("application/grpc")))
			.build();
		try (Response response = client.newCall(request).execute()) {
			response.body().bytes();
			String status = response.header("grpc-status");
			return (status != null) ? status : String.valueOf(response.trailers().get("grpc-status"));
		}
		finally {
			client.connectionPool().evictAll();
			client.dispatcher().executorService().shutdown();
		}
	}

	/**
	 * Prometheus' remote write 1.0 message with one sample.
	 */
	private static byte[] writeRequest(String name, double value) {
		byte[] sample = ByteBuffer.allocate(32)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put((byte) 0x09)
			.putDouble(value)
			.put((byte) 0x10)
			.array();
		ByteArrayOutputStream samples = new ByteArrayOutputStream();
		samples.write(sample, 0, 10);
		long millis = System.currentTimeMillis();
		while (millis > 0x7f) {
			samples.write((int) (millis & 0x7f) | 0x80);
			millis >>>= 7;
		}
		samples.write((int) millis);
		ByteArrayOutputStream series = new ByteArrayOutputStream();
		series.writeBytes(field(1, label("__name__", name)));
		series.writeBytes(field(1, label("job", "stack-tests")));
		series.writeBytes(field(2, samples.toByteArray()));
		return field(1, series.toByteArray());
	}

	private static byte[] label(String name, String value) {
		ByteArrayOutputStream label = new ByteArrayOutputStream();
		label.writeBytes(field(1, name.getBytes(StandardCharsets.UTF_8)));
		label.writeBytes(field(2, value.getBytes(StandardCharsets.UTF_8)));
		return label.toByteArray();
	}

	/**
	 * A field with a length below 128.
	 */
	private static byte[] field(int number, byte[] content) {
		ByteArrayOutputStream field = new ByteArrayOutputStream();
		field.write(number * 8 + 2);
		field.write(content.length);
		field.writeBytes(content);
		return field.toByteArray();
	}

}
