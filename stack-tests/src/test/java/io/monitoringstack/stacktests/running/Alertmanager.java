package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Alerts posted to Alertmanager as Prometheus posts them: the quick way to a message.
 */
final class Alertmanager {

	private Alertmanager() {
	}

	/**
	 * Raise an alert. It ends by itself after some minutes, should a test die.
	 * @param name name of the alert
	 * @param labels its further labels, by which it is routed
	 * @throws IOException if Alertmanager does not answer
	 */
	static void raise(String name, Map<String, String> labels) throws IOException {
		Instant now = Instant.now();
		post(name, labels, now, now.plus(Duration.ofMinutes(4)));
	}

	static void raise(String name, String severity) throws IOException {
		raise(name, Map.of("severity", severity));
	}

	static void end(String name, Map<String, String> labels) throws IOException {
		Instant now = Instant.now();
		post(name, labels, now, now);
	}

	static void end(String name, String severity) throws IOException {
		end(name, Map.of("severity", severity));
	}

	/**
	 * Return the alerts that match.
	 * @param matcher label matcher such as {@code alertname="X"}
	 * @return alerts that are not over
	 * @throws IOException if Alertmanager does not answer
	 */
	static JsonNode alerts(String matcher) throws IOException {
		return Http.getJson(Stack.ALERTMANAGER, "/api/v2/alerts?filter=" + Http.encoded(matcher));
	}

	private static void post(String name, Map<String, String> labels, Instant start, Instant end) throws IOException {
		Map<String, String> all = new HashMap<>(Map.of("alertname", name, "job", "stack-tests", "instance", name));
		all.putAll(labels);
		Map<String, Object> alert = Map.of("labels", all, "annotations",
				Map.of("summary", name + " is a test.", "summary_ko", name + " 시험"), "startsAt", start.toString(),
				"endsAt", end.toString());
		HttpResponse<String> answer = Http.sendJson("POST", Stack.ALERTMANAGER, "/api/v2/alerts", List.of(alert));
		if (answer.statusCode() != 200) {
			throw new IOException("Alertmanager answered %d: %s".formatted(answer.statusCode(), answer.body()));
		}
	}

}
