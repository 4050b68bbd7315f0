package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each container has exactly one way for its log: every line is found, and none twice.
 */
@RunningStack
class LogRoutesIT {

	private static final int LINES = 200;

	private static Map<String, JsonNode> containers = Map.of();

	@BeforeAll
	static void inspect() {
		Stack.assumeRuns("loki", "promtail", "nginx");
		containers = Stack.containers();
	}

	@TestFactory
	Stream<DynamicTest> hasItsLogInLokiByOneWay() {
		return containers.entrySet()
			.stream()
			.filter((container) -> container.getValue().path("State").path("Running").asBoolean())
			.map((container) -> DynamicTest.dynamicTest(container.getKey(),
					() -> assertOneWay(container.getKey(), container.getValue())));
	}

	@Test
	void everyLineThatNginxWritesIsFoundOnceWithItsLevel() throws IOException {
		String marker = Ids.unique("it-lines");
		for (int i = 0; i < LINES; i++) {
			request(marker, i);
		}
		List<Loki.Line> found = Loki.await(Loki.lines("nginx", marker), LINES);
		assertSame(marker, found);
		assertThat(found).allSatisfy((line) -> assertThat(line.labels()).containsEntry("level", "warn"));
	}

	@Test
	void noLineIsLostOrDoubledWhilePromtailRestarts() throws IOException {
		String marker = Ids.unique("it-restart");
		CompletableFuture<Shell.Result> restart = null;
		for (int i = 0; i < LINES; i++) {
			request(marker, i);
			if (i == LINES / 4) {
				restart = CompletableFuture.supplyAsync(() -> Stack.compose("restart", "promtail"));
			}
			pause();
		}
		restart.join();
		request(marker, LINES);
		Stack.awaitHealthy("promtail");
		List<Loki.Line> found = Loki.await(Loki.lines("nginx", marker), LINES + 1);
		assertSame(marker, found);
	}

	@Test
	void everyLineOfOurOwnServiceIsFoundOnce() throws IOException {
		String marker = Ids.unique("it_refused");
		for (int i = 0; i < 25; i++) {
			HttpResponse<String> answer = Pushes.post("/metrics/job/" + marker, "this is no sample\n");
			assertThat(answer.statusCode()).isEqualTo(400);
		}
		List<Loki.Line> found = Loki.await(Loki.lines("pushgateway-proxy", marker), 25);
		assertThat(found).hasSize(25);
		assertThat(printed("pushgateway-proxy", marker)).hasSize(25);
	}

	@Test
	void aStatementOfSeveralLinesIsOneEntry() {
		String marker = Ids.unique("it_statement");
		Shell.Result failed = Stack.exec("postgres", "psql", "--username=memos", "--dbname=memos",
				"--command=SELECT 1 / 0,\n  '" + marker + "',\n  3 AS third");
		assertThat(failed.exitCode()).isNotZero();
		assertThat(Loki.await(Loki.lines("postgres", marker), 1)).singleElement()
			.satisfies((line) -> assertThat(line.text()).contains("STATEMENT:  SELECT 1 / 0,\n", "\n", "3 AS third"));
		assertThat(printed("postgres", "3 AS third")).isNotEmpty();
	}

	@Test
	void redisAndPostgresqlHaveTheirLevels() {
		assertThat(Loki.await(Loki.lines("redis", "Ready to accept connections"), 1))
			.allSatisfy((line) -> assertThat(line.labels()).containsEntry("level", "info"));
		Stack.exec("postgres", "psql", "--username=memos", "--dbname=memos", "--command=SELECT * FROM it_nothing");
		assertThat(Loki.await(Loki.lines("postgres", "relation \"it_nothing\" does not exist"), 1))
			.allSatisfy((line) -> assertThat(line.labels()).containsEntry("level", "error"));
	}

	private static void assertOneWay(String service, JsonNode container) throws IOException {
		Instant started = Instant.parse(container.path("State").path("StartedAt").asString());
		assertThat(Loki.await(Loki.stream(service), 1)).isNotEmpty();
		boolean otlp = !Stack.label(container, "io.monitoringstack.logs").isEmpty();
		List<Map<String, String>> streams = Loki.series(Loki.stream(service), started);
		assertThat(streams).isNotEmpty().allSatisfy((labels) -> {
			if (otlp) {
				assertThat(labels).as("sends by OTLP, so Promtail leaves it alone").doesNotContainKey("container");
			}
			else {
				assertThat(labels).as("comes by Promtail").containsKeys("container", "stream");
			}
		});
	}

	private static void assertSame(String marker, List<Loki.Line> found) {
		List<String> printed = printed("nginx", marker);
		assertThat(found).extracting(Loki.Line::text).containsExactlyInAnyOrderElementsOf(printed);
		Set<String> paths = new HashSet<>();
		found.forEach((line) -> paths.add(Http.json(line.text()).path("path").asString()));
		assertThat(paths).as("each request once").hasSize(found.size());
		Report.line("log lines with %s: %d printed, %d found".formatted(marker, printed.size(), found.size()));
	}

	/**
	 * What Docker has of a service's output.
	 */
	private static List<String> printed(String service, String marker) {
		return Stack.compose("logs", "--no-color", "--no-log-prefix", service)
			.out()
			.lines()
			.filter((line) -> line.contains(marker))
			.toList();
	}

	private static void request(String marker, int number) throws IOException {
		assertThat(Http.get(Stack.NGINX, "/otel-collector/%s/%d".formatted(marker, number)).statusCode())
			.isEqualTo(404);
	}

	private static void pause() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
