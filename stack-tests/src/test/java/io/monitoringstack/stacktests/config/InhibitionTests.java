package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which alert hides which, asked of a real Alertmanager with our configuration: amtool
 * cannot tell. Needs Docker and the image that the compose file names.
 */
class InhibitionTests {

	private static final HttpClient client = HttpClient.newHttpClient();

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
		String named = System.getenv("ALERTMANAGER_IMAGE");
		String image = (named != null && !named.isBlank()) ? named
				: Compose.expand(YamlFile.text(Compose.service("alertmanager"), "image"));
		if (docker.run("image", "inspect", image).exitCode() != 0) {
			Tool.skip("the image %s is not on this machine".formatted(image));
		}
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
		String body = alerts.stream()
			.map((labels) -> labels.entrySet()
				.stream()
				.map((label) -> "\"%s\":\"%s\"".formatted(label.getKey(), label.getValue()))
				.collect(Collectors.joining(",", "{\"labels\":{", "}}")))
			.collect(Collectors.joining(",", "[", "]"));
		assertThat(send("POST", "/api/v2/alerts", body).statusCode()).isEqualTo(200);
	}

	/**
	 * Name, severity and instance of each alert with its state, as soon as the groups
	 * have been looked at.
	 */
	private static Map<String, String> states(String filter) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> new Yaml()
				.<List<Map<String, Object>>>load(send("GET", "/api/v2/alerts?filter=" + filter, "").body())
				.stream()
				.collect(Collectors.toMap((alert) -> {
					Map<String, Object> labels = YamlFile.map(alert, "labels");
					return "%s %s %s".formatted(labels.get("alertname"), labels.get("severity"),
							YamlFile.text(labels, "instance"));
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
