package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which alert hides which, asked of a real Alertmanager with our configuration: amtool
 * cannot tell. Needs Docker and the image that the compose file names.
 */
class InhibitionTests {

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final List<Map<String, String>> raised = new ArrayList<>();

	private static Tool docker;

	private static String container;

	private static URI alertmanager;

	/**
	 * Once for all tests, yet before each: a class that gives up as a whole is not
	 * counted among the skipped.
	 */
	@BeforeEach
	void startAlertmanager() {
		if (alertmanager != null) {
			return;
		}
		docker = Tool.docker();
		String image = docker.imageOf("alertmanager");
		Tool.Result started = docker.run("run", "--detach", "--rm", "--publish=127.0.0.1::9093", "--tmpfs=/tmp",
				"--volume=%s:/etc/alertmanager:ro".formatted(Repository.path("config")), image,
				"--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/tmp/alertmanager",
				"--cluster.listen-address=");
		assertThat(started.exitCode()).as(started::toString).isZero();
		container = started.output().strip();
		alertmanager = URI.create("http://" + docker.run("port", container, "9093/tcp").output().strip());
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptions()
			.until(() -> send("GET", "/-/ready", "").statusCode() == 200);
	}

	@AfterAll
	static void stopAlertmanager() {
		if (container != null) {
			docker.run("rm", "--force", container);
		}
	}

	@Test
	void aTargetThatIsDownHidesWhatElseItRaisesAndNothingOfOthers() throws Exception {
		raise(List.of(Map.of("alertname", "InstanceDown", "severity", "critical", "job", "demo-app", "instance", "a"),
				Map.of("alertname", "ApplicationHighCPU", "severity", "warning", "job", "demo-app", "instance", "a"),
				Map.of("alertname", "SomethingCritical", "severity", "critical", "job", "demo-app", "instance", "a"),
				Map.of("alertname", "ApplicationHighCPU", "severity", "warning", "job", "demo-app", "instance", "b"),
				Map.of("alertname", "InstanceDown", "severity", "critical", "job", "demo-app", "instance", "c")));
		assertThat(states("job=demo-app")).containsOnly(Map.entry("InstanceDown critical a", "active"),
				Map.entry("ApplicationHighCPU warning a", "suppressed"),
				Map.entry("SomethingCritical critical a", "suppressed"),
				Map.entry("ApplicationHighCPU warning b", "active"), Map.entry("InstanceDown critical c", "active"));
	}

	@Test
	void anotherHostThatIsGoneIsOneMessageAndNotADozen() throws Exception {
		raise(List.of(
				Map.of("alertname", "InstanceDown", "severity", "critical", "job", "agent-node-exporter", "instance",
						"web-1", "test", "host"),
				Map.of("alertname", "InstanceDown", "severity", "critical", "job", "agent-cadvisor", "instance",
						"web-1", "test", "host"),
				Map.of("alertname", "HighMemoryUsage", "severity", "warning", "job", "agent-node-exporter", "instance",
						"web-1", "test", "host"),
				Map.of("alertname", "ContainerDown", "severity", "critical", "job", "agent-cadvisor", "service", "shop",
						"instance", "web-1", "test", "host"),
				Map.of("alertname", "InstanceDown", "severity", "critical", "job", "agent-cadvisor", "instance",
						"web-2", "test", "host"),
				Map.of("alertname", "PushRejected", "severity", "warning", "job", "report", "test", "host")));
		assertThat(states("test=host", "job")).containsOnly(
				Map.entry("InstanceDown critical agent-node-exporter web-1", "active"),
				Map.entry("InstanceDown critical agent-cadvisor web-1", "suppressed"),
				Map.entry("HighMemoryUsage warning agent-node-exporter web-1", "suppressed"),
				Map.entry("ContainerDown critical agent-cadvisor web-1", "suppressed"),
				Map.entry("InstanceDown critical agent-cadvisor web-2", "active"),
				Map.entry("PushRejected warning report ", "active"));
	}

	/**
	 * A machine of which only the measuring stopped goes on telling about its containers.
	 */
	@Test
	void thisHostsNodeExporterHidesNoContainer() throws Exception {
		raise(List.of(
				Map.of("alertname", "InstanceDown", "severity", "critical", "job", "node-exporter", "service",
						"node-exporter", "instance", "monitoring-host", "test", "here"),
				Map.of("alertname", "ContainerDown", "severity", "critical", "job", "cadvisor", "service",
						"node-exporter", "instance", "monitoring-host", "test", "here"),
				Map.of("alertname", "ContainerDown", "severity", "critical", "job", "cadvisor", "service", "nginx",
						"instance", "monitoring-host", "test", "here")));
		assertThat(states("test=here", "service")).containsOnly(
				Map.entry("InstanceDown critical node-exporter monitoring-host", "active"),
				Map.entry("ContainerDown critical node-exporter monitoring-host", "suppressed"),
				Map.entry("ContainerDown critical nginx monitoring-host", "active"));
	}

	@ParameterizedTest
	@CsvSource({
			"InstanceDown, ContainerDown ProbeFailed HighErrorRate HighResponseTime ApplicationHighCPU "
					+ "SLOBudgetBurnFast SLOBudgetBurnSlow",
			"ContainerDown, ProbeFailed HighErrorRate HighResponseTime ApplicationHighMemory SLOBudgetBurnFast",
			"ProbeFailed, HighErrorRate HighResponseTime SLOBudgetBurnFast SLOBudgetBurnSlow",
			"HighErrorRate, HighResponseTime SLOBudgetBurnFast SLOBudgetBurnSlow",
			"HighResponseTime, SLOBudgetBurnFast SLOBudgetBurnSlow",
			"AlertingFailing, SLOBudgetBurnFast SLOBudgetBurnSlow" })
	void theNearestToTheCauseHidesWhatFollowsFromItAtTheSameService(String cause, String effects) throws Exception {
		List<Map<String, String>> alerts = new ArrayList<>();
		Map<String, String> expected = new LinkedHashMap<>();
		alerts
			.add(Map.of("alertname", cause, "severity", "critical", "service", "shop", "job", "cause", "test", cause));
		expected.put(cause + " critical shop ", "active");
		for (String effect : effects.split(" ")) {
			alerts.add(Map.of("alertname", effect, "severity", "warning", "service", "shop", "job", "effect", "test",
					cause));
			alerts.add(Map.of("alertname", effect, "severity", "warning", "service", "another", "slo", "another",
					"test", cause));
			expected.put(effect + " warning shop ", "suppressed");
		}
		raise(alerts);
		// The first effect is the worst: it hides the others of its own service.
		expected.put(effects.split(" ")[0] + " warning another ", "active");
		assertThat(states("test=" + cause, "service")).containsAllEntriesOf(expected);
	}

	@ParameterizedTest
	@CsvSource({ "InstanceDown, ApplicationHighCPU", "ProbeFailed, ApplicationHighCPU", "HighErrorRate, ProbeFailed",
			"HighErrorRate, ContainerDown", "ContainerDown, InstanceDown", "HighErrorRate, ApplicationHighMemory" })
	void whatIsNoConsequenceIsToldAsWell(String one, String other) throws Exception {
		String service = one.equals("InstanceDown") ? "" : "shop";
		String id = one + other;
		raise(List.of(Map.of("alertname", one, "severity", "critical", "service", service, "test", id),
				Map.of("alertname", other, "severity", "critical", "service", service, "test", id, "job", "x")));
		assertThat(states("test=" + id, "service")).containsEntry(other + " critical " + service + " ", "active");
	}

	@ParameterizedTest
	@CsvSource({ "postgres, demo-app, HighErrorRate", "postgres, demo-app, ProbeFailed",
			"pushgateway, pushgateway-proxy, SLOBudgetBurnFast" })
	void whatAServiceNeedsExplainsItsTroubleButNotItsAbsence(String needed, String service, String effect)
			throws Exception {
		String id = needed + effect;
		raise(List.of(Map.of("alertname", "ContainerDown", "severity", "critical", "service", needed, "test", id),
				Map.of("alertname", effect, "severity", "critical", "service", service, "test", id),
				Map.of("alertname", effect, "severity", "critical", "service", "another", "test", id),
				Map.of("alertname", "InstanceDown", "severity", "critical", "service", service, "job", "x", "test",
						"other-" + id)));
		assertThat(states("test=" + id, "service")).containsOnly(
				Map.entry("ContainerDown critical " + needed + " ", "active"),
				Map.entry(effect + " critical " + service + " ", "suppressed"),
				Map.entry(effect + " critical another ", "active"));
		assertThat(states("test=other-" + id, "service"))
			.containsOnly(Map.entry("InstanceDown critical " + service + " ", "active"));
	}

	@Test
	void aBudgetThatBurnsFastHidesThatItBurnsSlowlyAndNotThatAnotherDoes() throws Exception {
		raise(List.of(
				Map.of("alertname", "SLOBudgetBurnFast", "severity", "critical", "slo", "a", "instance", "a", "test",
						"slo"),
				Map.of("alertname", "SLOBudgetBurnSlow", "severity", "warning", "slo", "a", "instance", "a", "test",
						"slo"),
				Map.of("alertname", "SLOBudgetBurnSlow", "severity", "warning", "slo", "b", "instance", "b", "test",
						"slo")));
		assertThat(states("test=slo", "slo")).containsOnly(Map.entry("SLOBudgetBurnFast critical a a", "active"),
				Map.entry("SLOBudgetBurnSlow warning a a", "suppressed"),
				Map.entry("SLOBudgetBurnSlow warning b b", "active"));
	}

	@Test
	void aFailedBatchJobHidesThatItIsOverdueAndNotThatAnotherOneIs() throws Exception {
		raise(List.of(Map.of("alertname", "BatchJobFailed", "severity", "critical", "job", "report"),
				Map.of("alertname", "BatchJobOverdue", "severity", "warning", "job", "report"),
				Map.of("alertname", "PushRejected", "severity", "warning", "job", "report"),
				Map.of("alertname", "BatchJobOverdue", "severity", "warning", "job", "report", "instance", "b")));
		assertThat(states("job=report")).containsOnly(Map.entry("BatchJobFailed critical ", "active"),
				Map.entry("BatchJobOverdue warning ", "suppressed"), Map.entry("PushRejected warning ", "active"),
				Map.entry("BatchJobOverdue warning b", "active"));
	}

	@Test
	void theWorseOfTwoThresholdsHidesTheOther() throws Exception {
		raise(List.of(Map.of("alertname", "DiskFull", "severity", "critical", "job", "node", "instance", "a"),
				Map.of("alertname", "DiskFull", "severity", "warning", "job", "node", "instance", "a"),
				Map.of("alertname", "DiskSlow", "severity", "warning", "job", "node", "instance", "a"),
				Map.of("alertname", "DiskFull", "severity", "warning", "job", "node", "instance", "b")));
		assertThat(states("job=node")).containsOnly(Map.entry("DiskFull critical a", "active"),
				Map.entry("DiskFull warning a", "suppressed"), Map.entry("DiskSlow warning a", "active"),
				Map.entry("DiskFull warning b", "active"));
	}

	private static void raise(List<Map<String, String>> alerts) throws IOException, InterruptedException {
		raised.addAll(alerts);
		post(alerts, "");
	}

	/**
	 * Else they would hide alerts of the next test.
	 */
	@AfterEach
	void endAlerts() throws IOException, InterruptedException {
		if (!raised.isEmpty()) {
			post(raised, ",\"endsAt\":\"%s\"".formatted(Instant.now()));
			raised.clear();
		}
	}

	private static void post(List<Map<String, String>> alerts, String end) throws IOException, InterruptedException {
		String body = alerts.stream()
			.map((labels) -> labels.entrySet()
				.stream()
				.map((label) -> "\"%s\":\"%s\"".formatted(label.getKey(), label.getValue()))
				.collect(Collectors.joining(",", "{\"labels\":{", "}" + end + "}")))
			.collect(Collectors.joining(",", "[", "]"));
		assertThat(send("POST", "/api/v2/alerts", body).statusCode()).isEqualTo(200);
	}

	/**
	 * Name, severity and instance of each alert with its state, as soon as the groups
	 * have been looked at.
	 */
	private static Map<String, String> states(String filter) {
		return states(filter, List.of());
	}

	/**
	 * The same with one more label before the instance.
	 */
	private static Map<String, String> states(String filter, String label) {
		return states(filter, List.of(label));
	}

	private static Map<String, String> states(String filter, List<String> more) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> new Yaml()
				.<List<Map<String, Object>>>load(send("GET", "/api/v2/alerts?filter=" + filter, "").body())
				.stream()
				.collect(Collectors.toMap((alert) -> {
					Map<String, Object> labels = YamlFile.map(alert, "labels");
					return Stream.of(List.of("alertname", "severity"), more, List.of("instance"))
						.flatMap(List::stream)
						.map((label) -> YamlFile.text(labels, label))
						.collect(Collectors.joining(" "));
				}, (alert) -> YamlFile.text(YamlFile.map(alert, "status"), "state"))),
					(states) -> !states.isEmpty() && !states.containsValue("unprocessed"));
	}

	private static HttpResponse<String> send(String method, String path, String body)
			throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(alertmanager.resolve(path))
			.timeout(Duration.ofSeconds(5))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
