package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * Loki's answers. An agent for other hosts, should one be tried on this machine, ships
 * the same containers once more under a host of its own: its lines are not looked at.
 */
final class Loki {

	/**
	 * What comes from this stack: by Promtail with this host, by OTLP without a host.
	 */
	static final String HERE = "host=~\"monitoring-host|\"";

	/**
	 * Longer than Promtail takes to notice a container and to send its batch.
	 */
	static final Duration SEEN = Duration.ofSeconds(40);

	private static final int PAGE = 5000;

	private Loki() {
	}

	static String stream(String service) {
		return "{service_name=\"%s\",%s}".formatted(service, HERE);
	}

	static String lines(String service, String text) {
		return stream(service) + " |= `" + text + "`";
	}

	/**
	 * Return the lines of the last hours, oldest first. Lines of one and the same
	 * nanosecond count once if there are more than one answer holds.
	 * @param expression LogQL that selects lines
	 * @return all of them
	 * @throws IOException if Loki does not answer
	 */
	static List<Line> query(String expression) throws IOException {
		List<Line> lines = new ArrayList<>();
		long start = nanos(Instant.now().minus(Duration.ofHours(6)));
		while (true) {
			JsonNode answer = Http.getJson(Stack.LOKI,
					"/loki/api/v1/query_range?direction=forward&limit=%d&start=%d&end=%d&query=%s".formatted(PAGE,
							start, nanos(Instant.now().plusSeconds(60)), Http.encoded(expression)));
			List<Line> page = read(answer);
			lines.addAll(page);
			if (page.size() < PAGE) {
				return lines;
			}
			start = page.get(page.size() - 1).nanos() + 1;
		}
	}

	static List<Line> await(String expression, int count) {
		return Awaitility.await("%d lines of %s".formatted(count, expression))
			.atMost(SEEN)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> query(expression), (lines) -> lines.size() >= count);
	}

	/**
	 * Return the labels of the streams that got a line lately.
	 * @param selector which streams
	 * @param since from when on
	 * @return labels
	 * @throws IOException if Loki does not answer
	 */
	static List<Map<String, String>> series(String selector, Instant since) throws IOException {
		JsonNode answer = Http.getJson(Stack.LOKI, "/loki/api/v1/series?start=%d&end=%d&match%%5B%%5D=%s"
			.formatted(nanos(since), nanos(Instant.now()), Http.encoded(selector)));
		List<Map<String, String>> series = new ArrayList<>();
		answer.path("data").forEach((labels) -> series.add(labels(labels)));
		return series;
	}

	private static List<Line> read(JsonNode answer) {
		List<Line> lines = new ArrayList<>();
		for (JsonNode stream : answer.path("data").path("result")) {
			Map<String, String> labels = labels(stream.path("stream"));
			for (JsonNode value : stream.path("values")) {
				lines.add(new Line(labels, Long.parseLong(value.path(0).asString()), value.path(1).asString()));
			}
		}
		lines.sort(Comparator.comparingLong(Line::nanos));
		return lines;
	}

	private static Map<String, String> labels(JsonNode node) {
		Map<String, String> labels = new LinkedHashMap<>();
		node.properties().forEach((label) -> labels.put(label.getKey(), label.getValue().asString()));
		return labels;
	}

	private static long nanos(Instant time) {
		return time.getEpochSecond() * 1_000_000_000L + time.getNano();
	}

	/**
	 * A log line.
	 *
	 * @param labels labels of its stream and what was sent beside the line
	 * @param nanos its time since the epoch
	 * @param text the line
	 */
	record Line(Map<String, String> labels, long nanos, String text) {

	}

}
