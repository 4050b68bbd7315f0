package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Prometheus' answers.
 */
final class Prometheus {

	/**
	 * Longer than two scrapes of a pushed metric.
	 */
	static final Duration SEEN = Duration.ofSeconds(20);

	private Prometheus() {
	}

	static List<Sample> query(String expression) throws IOException {
		JsonNode answer = Http.getJson(Stack.PROMETHEUS, "/api/v1/query?query=" + Http.encoded(expression));
		List<Sample> samples = new ArrayList<>();
		for (JsonNode result : answer.path("data").path("result")) {
			Map<String, String> labels = new LinkedHashMap<>();
			result.path("metric")
				.properties()
				.forEach((label) -> labels.put(label.getKey(), label.getValue().asString()));
			samples.add(new Sample(labels, Double.parseDouble(result.path("value").path(1).asString())));
		}
		return samples;
	}

	/**
	 * Return the value of an expression that yields one series.
	 * @param expression PromQL
	 * @return the value, absent if there is no series
	 * @throws IOException if Prometheus does not answer
	 */
	static OptionalDouble value(String expression) throws IOException {
		return query(expression).stream().mapToDouble(Sample::value).findFirst();
	}

	static void awaitValue(String expression, double value) {
		Awaitility.await(expression + " is " + value)
			.atMost(SEEN)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> value(expression), (found) -> found.isPresent() && found.getAsDouble() == value);
	}

	static void awaitNone(String expression) {
		Awaitility.await(expression + " has no series")
			.atMost(SEEN)
			.pollInterval(Duration.ofMillis(200))
			.until(() -> query(expression), List::isEmpty);
	}

	static List<JsonNode> targets() throws IOException {
		List<JsonNode> targets = new ArrayList<>();
		Http.getJson(Stack.PROMETHEUS, "/api/v1/targets?state=active")
			.path("data")
			.path("activeTargets")
			.forEach(targets::add);
		return targets;
	}

	static List<JsonNode> rules() throws IOException {
		List<JsonNode> rules = new ArrayList<>();
		for (JsonNode group : Http.getJson(Stack.PROMETHEUS, "/api/v1/rules").path("data").path("groups")) {
			group.path("rules").forEach(rules::add);
		}
		return rules;
	}

	/**
	 * One series of an instant query.
	 *
	 * @param labels its labels, the name among them
	 * @param value its value
	 */
	record Sample(Map<String, String> labels, double value) {

	}

}
