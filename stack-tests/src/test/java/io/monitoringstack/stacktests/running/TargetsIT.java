package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus scrapes and evaluates: all of it works, and no rule waits for a metric
 * that nobody exposes.
 */
@RunningStack
class TargetsIT {

	private static final String GROUP = "/metrics/job/" + Ids.unique("it_targets");

	@AfterAll
	static void removeWhatWasPushed() throws IOException {
		Pushes.delete(GROUP);
	}

	@TestFactory
	Stream<DynamicTest> everyScrapeJobReachesItsTargets() throws IOException {
		StringBuilder configuration = new StringBuilder(Files.readString(Stack.ROOT.resolve("config/prometheus.yml")));
		for (String service : Stack.containers().keySet()) {
			Path file = Stack.ROOT.resolve("config/scrape/" + service + ".yml");
			if (Files.exists(file)) {
				configuration.append(Files.readString(file));
			}
		}
		// Agents on other hosts are none of this stack's containers.
		List<String> jobs = Pattern.compile("(?m)^ *- job_name: *(?!agent-)(\\S+)")
			.matcher(configuration)
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(jobs).isNotEmpty();
		return jobs.stream().map((job) -> DynamicTest.dynamicTest(job, () -> awaitUp(job)));
	}

	@Test
	void scrapesWhatTheConfigurationFileSaysNow() throws IOException {
		JsonNode loaded = Http.getJson(Stack.PROMETHEUS, "/api/v1/status/runtimeinfo").path("data");
		assertThat(loaded.path("reloadConfigSuccess").asBoolean()).isTrue();
	}

	@Test
	void everyRuleIsEvaluatedWithoutError() throws IOException {
		assertThat(Prometheus.rules()).hasSizeGreaterThan(8);
		Awaitility.await("evaluation of all rules")
			.atMost(Duration.ofSeconds(40))
			.pollInterval(Duration.ofSeconds(1))
			.untilAsserted(() -> assertThat(Prometheus.rules()).allSatisfy((rule) -> {
				assertThat(rule.path("lastError").asString("")).as(rule.path("name").asString()).isEmpty();
				assertThat(rule.path("health").asString()).as(rule.path("name").asString()).isEqualTo("ok");
			}));
	}

	@Test
	void knowsAlertmanager() throws IOException {
		JsonNode known = Http.getJson(Stack.PROMETHEUS, "/api/v1/alertmanagers").path("data");
		assertThat(known.path("activeAlertmanagers")).hasSize(1);
		assertThat(known.path("droppedAlertmanagers")).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> everyMetricThatARuleNamesIsThere() throws IOException {
		// What jobs push is there once one of them has done so.
		long now = Instant.now().getEpochSecond();
		assertThat(Pushes.post(GROUP, """
				batch_job_success 1
				batch_job_last_success_timestamp_seconds %d
				batch_job_interval_seconds 3600
				monitoring_selftest_alert 0
				""".formatted(now)).statusCode()).isIn(200, 202);
		Set<String> names = new TreeSet<>();
		for (JsonNode rule : Prometheus.rules()) {
			JsonNode tree = Http.getJson(Stack.PROMETHEUS,
					"/api/v1/parse_query?query=" + Http.encoded(rule.path("query").asString()));
			collectNames(tree.path("data"), names);
		}
		assertThat(names).contains("up", "http_requests_total", "batch_job_success");
		return names.stream().map((name) -> DynamicTest.dynamicTest(name, () -> awaitSeries(name)));
	}

	private static void collectNames(JsonNode node, Set<String> names) {
		if ("vectorSelector".equals(node.path("type").asString(""))
				|| "matrixSelector".equals(node.path("type").asString(""))) {
			names.add(node.path("name").asString());
		}
		node.forEach((child) -> collectNames(child, names));
	}

	private static void awaitSeries(String name) {
		Awaitility.await(name)
			.atMost(Duration.ofSeconds(40))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> Prometheus.query("count({__name__=\"" + name + "\"})"), (samples) -> !samples.isEmpty());
	}

	private static void awaitUp(String job) {
		Awaitility.await("targets of " + job)
			.atMost(Duration.ofSeconds(40))
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(() -> {
				List<JsonNode> targets = Prometheus.targets()
					.stream()
					.filter((target) -> target.path("scrapePool").asString().equals(job))
					.toList();
				assertThat(targets).isNotEmpty().allSatisfy((target) -> {
					assertThat(target.path("lastError").asString()).isEmpty();
					assertThat(target.path("health").asString()).isEqualTo("up");
				});
			});
	}

}
