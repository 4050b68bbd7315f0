package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus scrapes and evaluates: all of it works. That no rule waits for a metric
 * that nobody exposes is shown by {@link DashboardQueriesIT}.
 */
@RunningStack
class TargetsIT {

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
