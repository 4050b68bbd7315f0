package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is sent is found, and one thing leads to the next: a metric to a trace, a trace to
 * its logs.
 */
@RunningStack
class TelemetryIT {

	private static final String SECRET = "selftest/simulator";

	@BeforeAll
	static void needsTheWholeStack() {
		Stack.assumeRuns("nginx", "otel-collector", "tempo", "loki");
	}

	@ParameterizedTest
	@EnumSource
	void everySignalThatIsSentIsFound(Way way) throws IOException {
		String service = Ids.unique("it-otlp-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		String metric = Ids.unique("it_otlp");
		String traceId = Otlp.traceId();
		Instant begin = Instant.now();
		try (Otlp otlp = way.open.get()) {
			assertThat(otlp.spans(List.of(Otlp.span(service, traceId, "sent by a test")))).as("spans accepted")
				.isTrue();
			assertThat(otlp.logs(List.of(Otlp.log(service, traceId, "a line of " + service)))).as("logs accepted")
				.isTrue();
			assertThat(otlp.metrics(List.of(Otlp.gauge(service, metric, 4.5, Otlp.nanos(), Stream.of("one")))))
				.as("metrics accepted")
				.isTrue();
		}
		Tempo.Trace trace = Tempo.await(traceId, (found) -> !found.spans().isEmpty());
		assertThat(trace.spans()).singleElement().satisfies((span) -> {
			assertThat(span.service()).isEqualTo(service);
			assertThat(span.name()).isEqualTo("sent by a test");
		});
		List<Loki.Line> lines = Loki.await(Loki.stream(service) + " | trace_id=`" + traceId + "`", 1);
		assertThat(lines).singleElement().satisfies((line) -> {
			assertThat(line.text()).isEqualTo("a line of " + service);
			assertThat(line.labels()).containsEntry("severity_text", "WARN").containsEntry("detected_level", "warn");
		});
		Prometheus.awaitValue("%s{job=\"%s\",part=\"one\"}".formatted(metric, service), 4.5);
		Report.seconds("OTLP by %s: spans, logs and points found after".formatted(way),
				Duration.between(begin, Instant.now()));
	}

	@ConcurrentTest
	void aPushIsPartOfItsSendersTrace() throws IOException {
		String traceId = Otlp.traceId();
		String group = "/metrics/job/" + Ids.unique("it_trace");
		assertThat(
				Http.send("PUT", Stack.PROXY, group, "it_trace 1\n", Map.of("traceparent", Otlp.traceparent(traceId)))
					.statusCode())
			.isEqualTo(200);
		Pushes.delete(group);
		Tempo.Trace trace = Tempo.await(traceId, (found) -> !found.of("pushgateway-proxy", "SERVER").isEmpty());
		assertThat(trace.of("pushgateway-proxy", "SERVER")).hasSize(1);
	}

	@Test
	void aRequestToTheDemoApplicationIsATraceWithDepth() throws IOException {
		String traceId = Otlp.traceId();
		assertThat(Http
			.send("GET", Stack.DEMO_APP, "/api/memos?size=1", "", Map.of("traceparent", Otlp.traceparent(traceId)))
			.statusCode()).isEqualTo(200);
		Tempo.Trace trace = Tempo.await(traceId,
				(found) -> !found.of("demo-app", "SERVER").isEmpty() && !found.of("demo-app", "CLIENT").isEmpty());
		List<String> ids = trace.spans().stream().map(Tempo.Span::id).toList();
		assertThat(trace.of("demo-app", "CLIENT")).as("the database's span hangs below another one")
			.allSatisfy((span) -> assertThat(span.parent()).isIn(ids));
	}

	@Test
	void anExemplarLeadsToItsTrace() throws IOException {
		for (int i = 0; i < 5; i++) {
			DemoApp.status("/api/memos?size=1");
		}
		Instant now = Instant.now();
		String path = "/api/v1/query_exemplars?query=%s&start=%d&end=%d".formatted(
				Http.encoded("http_server_requests_seconds_bucket{job=\"demo-app\",uri=\"/api/memos\"}"),
				now.minusSeconds(120).getEpochSecond(), now.plusSeconds(60).getEpochSecond());
		JsonNode series = Awaitility.await("exemplars")
			.atMost(Prometheus.SEEN)
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> Http.getJson(Stack.PROMETHEUS, path).path("data"), (data) -> !data.isEmpty());
		String traceId = series.path(0).path("exemplars").path(0).path("labels").path("trace_id").asString();
		assertThat(traceId).matches("[0-9a-f]{32}");
		Tempo.Trace trace = Tempo.await(traceId, (found) -> !found.of("demo-app", "SERVER").isEmpty());
		assertThat(trace.of("demo-app", "SERVER")).isNotEmpty();
	}

	@Test
	void aFailedRequestsLogLineCarriesItsTrace() throws IOException {
		String traceId = Otlp.traceId();
		try {
			Http.send("POST", Stack.DEMO_APP, "/chaos/errors?rate=1&duration=5s", "", Map.of());
			assertThat(
					Http.send("GET", Stack.DEMO_APP, "/api/memos", "", Map.of("traceparent", Otlp.traceparent(traceId)))
						.statusCode())
				.isBetween(500, 599);
		}
		finally {
			Http.send("DELETE", Stack.DEMO_APP, "/chaos/errors", "", Map.of());
			DemoApp.outweighErrors();
		}
		assertThat(Loki.await(Loki.stream("demo-app") + " | trace_id=`" + traceId + "`", 1)).singleElement()
			.satisfies((line) -> {
				assertThat(line.text()).isEqualTo("Request failed on purpose");
				assertThat(line.labels()).containsEntry("severity_text", "ERROR");
			});
	}

	@ConcurrentTest
	void anAlertOnItsWayToTheChannelIsOneTraceWithoutTheHooksAddress() throws IOException {
		String name = Ids.unique("ItTrace");
		String traceId = Otlp.traceId();
		HttpResponse<String> answer = Http.sendJson("POST", Stack.ADAPTER, "/webhook/selftest", webhook(name),
				Map.of("traceparent", Otlp.traceparent(traceId)));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(Simulator.accepted(name)).hasSize(1);
		Tempo.Trace trace = Tempo.await(traceId, (found) -> !found.of("dooray-adapter", "SERVER").isEmpty()
				&& !found.of("dooray-adapter", "CLIENT").isEmpty());
		assertThat(trace.of("dooray-adapter", "SERVER")).hasSize(1);
		assertThat(trace.of("dooray-adapter", "CLIENT")).singleElement()
			.extracting(Tempo.Span::name)
			.isEqualTo("dooray deliver selftest");
		assertThat(trace.json()).doesNotContain(SECRET, "/services/monitoring");
	}

	private static Map<String, Object> webhook(String name) {
		Map<String, String> labels = Map.of("alertname", name, "severity", "warning", "job", "stack-tests");
		Map<String, Object> alert = Map.of("status", "firing", "labels", labels, "annotations",
				Map.of("summary", name + " is a test."), "startsAt", Instant.now().toString(), "endsAt",
				"0001-01-01T00:00:00Z", "generatorURL", "", "fingerprint", name);
		return Map.of("version", "4", "groupKey", "{}:{alertname=\"" + name + "\"}", "truncatedAlerts", 0, "status",
				"firing", "receiver", "dooray-selftest", "groupLabels", labels, "commonLabels", labels,
				"commonAnnotations", Map.of(), "externalURL", "http://localhost:9093", "alerts", List.of(alert));
	}

	/**
	 * How applications send.
	 */
	enum Way {

		HTTP(() -> Otlp.http(Stack.NGINX + "/otlp")),

		HTTP_AT_THE_ROOT(() -> Otlp.http(Stack.NGINX.toString())),

		GRPC(() -> Otlp.grpc(Stack.NGINX.toString())),

		COLLECTORS_OWN_HTTP_PORT(() -> Otlp.http(Stack.COLLECTOR.toString())),

		COLLECTORS_OWN_GRPC_PORT(() -> Otlp.grpc(Stack.COLLECTOR_GRPC.toString()));

		private final Supplier<Otlp> open;

		Way(Supplier<Otlp> open) {
			this.open = open;
		}

	}

}
