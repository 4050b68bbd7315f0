package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Tempo's answers, through nginx: it has no port of its own.
 */
final class Tempo {

	static final Duration SEEN = Duration.ofSeconds(40);

	private Tempo() {
	}

	/**
	 * Return what there is of a trace.
	 * @param traceId 32 hexadecimal digits
	 * @return the trace, without spans if there is none
	 * @throws IOException if Tempo does not answer
	 */
	static Trace trace(String traceId) throws IOException {
		HttpResponse<String> answer = Http.send("GET", Stack.NGINX, "/tempo/api/v2/traces/" + traceId, "",
				Map.of("Accept", "application/json"));
		if (answer.statusCode() == 404) {
			return new Trace(answer.body(), List.of());
		}
		if (answer.statusCode() != 200) {
			throw new IOException("Tempo answered %d: %s".formatted(answer.statusCode(), answer.body()));
		}
		List<Span> spans = new ArrayList<>();
		for (JsonNode resource : Http.json(answer.body()).path("trace").path("resourceSpans")) {
			String service = service(resource.path("resource").path("attributes"));
			for (JsonNode scope : resource.path("scopeSpans")) {
				for (JsonNode span : scope.path("spans")) {
					spans.add(new Span(service, span.path("name").asString(),
							span.path("kind").asString("").replace("SPAN_KIND_", ""), span.path("spanId").asString(),
							span.path("parentSpanId").asString("")));
				}
			}
		}
		return new Trace(answer.body(), spans);
	}

	static Trace await(String traceId, Predicate<Trace> complete) {
		return Awaitility.await("trace " + traceId)
			.atMost(SEEN)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> trace(traceId), complete);
	}

	private static String service(JsonNode attributes) {
		for (JsonNode attribute : attributes) {
			if ("service.name".equals(attribute.path("key").asString())) {
				return attribute.path("value").path("stringValue").asString();
			}
		}
		return "";
	}

	/**
	 * A trace.
	 *
	 * @param json as Tempo tells it
	 * @param spans all its spans
	 */
	record Trace(String json, List<Span> spans) {

		List<Span> of(String service, String kind) {
			return this.spans.stream()
				.filter((span) -> span.service().equals(service) && span.kind().equals(kind))
				.toList();
		}

	}

	/**
	 * A span.
	 *
	 * @param service whose it is
	 * @param name what it did
	 * @param kind {@code SERVER}, {@code CLIENT} or {@code INTERNAL}
	 * @param id its id in base64
	 * @param parent id of the span above it in base64
	 */
	record Span(String service, String name, String kind, String id, String parent) {

	}

}
