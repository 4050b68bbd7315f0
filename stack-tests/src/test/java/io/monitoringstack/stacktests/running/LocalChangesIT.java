package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person adds in {@code config/local} takes effect, and an upgrade does not see
 * it.
 */
@RunningStack
class LocalChangesIT {

	private static final Path LOCAL = Stack.ROOT.resolve("config/local");

	private static final Duration SOON = Duration.ofSeconds(60);

	private final List<Path> files = new ArrayList<>();

	@AfterEach
	void takeBack() throws IOException {
		for (Path file : this.files) {
			Files.deleteIfExists(file);
		}
		reload();
	}

	@Test
	void aRuleOfOnesOwnFiresAndItsAlertArrives() throws IOException {
		String name = Ids.unique("ItLocalRule");
		add("rules/it-rule.yml", """
				groups:
				  - name: local.it
				    interval: 1s
				    rules:
				      - alert: %s
				        expr: vector(1)
				        labels: {severity: critical, job: local}
				        annotations: {summary_ko: "내가 더한 규칙"}
				""".formatted(name));
		reload();
		Simulator.Received message = Simulator.awaitAccepted(name, SOON);
		assertThat(message.hook()).isEqualTo("critical");
		assertThat(message.body()).contains("내가 더한 규칙");
		takeBack();
		assertThat(Simulator.awaitAccepted(name, 2, SOON).text()).contains("해결");
	}

	@Test
	void aThresholdOfOnesOwnWinsUntilItIsTakenBack() throws IOException {
		add("rules/it-threshold.yml", """
				groups:
				  - name: local.it-threshold
				    interval: 1s
				    rules:
				      - record: local:threshold:certificate_lifetime:seconds
				        expr: vector(4242)
				""");
		double ours = Prometheus.value("threshold:certificate_lifetime:seconds").orElseThrow();
		assertThat(ours).isNotEqualTo(4242);
		reload();
		awaitThreshold(4242);
		takeBack();
		awaitThreshold(ours);
	}

	@Test
	void aTargetOfOnesOwnIsScraped() throws IOException {
		add("scrape/it-target.yml", """
				scrape_configs:
				  - job_name: it-local
				    scrape_interval: 2s
				    static_configs:
				      - targets: ["localhost:9090"]
				        labels: {instance: it-local}
				""");
		reload();
		Prometheus.awaitValue("up{job=\"it-local\"}", 1);
	}

	@Test
	void aDashboardOfOnesOwnAppears() throws IOException {
		Stack.assumeRuns("grafana");
		String title = Ids.unique("It local dashboard");
		add("dashboards/it-dashboard.json", """
				{"id": null, "uid": "%s", "title": "%s", "schemaVersion": 41, "panels": []}
				""".formatted(Ids.unique("it-local"), title));
		JsonNode found = Awaitility.await(title)
			.atMost(SOON)
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> Http.json(Http
				.send("GET", Stack.GRAFANA, "/api/search?query=" + Http.encoded(title), "", Stack.grafanaAdmin())
				.body()), (answer) -> !answer.isEmpty());
		assertThat(found.path(0).path("folderTitle").asString()).isEqualTo("Local");
	}

	@Test
	void gitSeesNothingOfIt() throws IOException {
		Assumptions.assumeTrue(Files.exists(Stack.ROOT.resolve(".git")), "not a checkout");
		for (String folder : List.of("rules", "scrape", "routes", "dashboards")) {
			add(folder + "/it-upgrade.yml", "# mine\n");
		}
		Shell.Result status = Shell.run(Map.of(), Duration.ofSeconds(30),
				List.of("git", "status", "--porcelain", "--untracked-files=all", "--", "config/local"));
		assertThat(status.orFail().out()).doesNotContain("it-upgrade");
	}

	private void add(String name, String text) throws IOException {
		Path file = LOCAL.resolve(name);
		this.files.add(file);
		Files.writeString(file, text);
	}

	private static void reload() throws IOException {
		assertThat(Http.send("POST", Stack.PROMETHEUS, "/-/reload", "", Map.of()).statusCode()).isEqualTo(200);
	}

	private static void awaitThreshold(double value) {
		Awaitility.await("threshold of " + value)
			.atMost(SOON)
			.pollInterval(Duration.ofMillis(500))
			.until(() -> Prometheus.value("threshold:certificate_lifetime:seconds").orElse(-1) == value);
	}

}
