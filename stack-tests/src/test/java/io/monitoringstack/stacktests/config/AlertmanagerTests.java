package io.monitoringstack.stacktests.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code config/alertmanager.yml}, read by amtool, and what its receivers must not
 * forget.
 */
class AlertmanagerTests {

	private static final String FILE = "config/alertmanager.yml";

	@Test
	void amtoolAcceptsTheConfiguration() {
		Tool.Result result = Tool.named("amtool").run("check-config", FILE);
		assertThat(result.exitCode()).as(result::toString).isZero();
	}

	/**
	 * Each goes to this receiver and to no other.
	 */
	@ParameterizedTest
	@CsvSource({ "alertname=Watchdog severity=none, heartbeat", //
			"severity=critical, dooray-critical", //
			"severity=warning, dooray-warning", //
			"severity=info, dooray", //
			"severity=Critical, dooray", //
			"alertname=Anything, dooray", //
			"severity=critical selftest=true, dooray-selftest", //
			"severity=warning selftest=true, dooray-selftest", //
			"severity=critical selftest=false, dooray-critical" })
	void alertsGoTo(String labels, String receiver) {
		Tool.Result result = Tool.named("amtool")
			.run(Stream
				.concat(Stream.of("config", "routes", "test", "--config.file=" + FILE,
						"--verify.receivers=" + receiver), Stream.of(labels.split(" ")))
				.toArray(String[]::new));
		assertThat(result.exitCode()).as(result::toString).isZero();
		assertThat(
				result.output().lines().filter((line) -> !line.isBlank() && !line.startsWith("Warning: --config.file")))
			.containsExactly(receiver);
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void everyAlertOfOursHasAReceiverOfItsSeverity(Rule alert) {
		boolean selftest = alert.labels().containsKey("selftest");
		String receiver = alert.name().equals("Watchdog") ? "heartbeat"
				: "dooray-" + (selftest ? "selftest" : alert.labels().get("severity"));
		alertsGoTo("alertname=%s severity=%s selftest=%s".formatted(alert, alert.labels().get("severity"), selftest),
				receiver);
	}

	@Test
	void everyReceiverTellsTheAdapterEverythingWithTheToken() {
		List<Map<String, Object>> receivers = YamlFile.maps(YamlFile.read(FILE), "receivers");
		assertThat(receivers).extracting((receiver) -> receiver.get("name"))
			.containsExactlyInAnyOrder("dooray", "dooray-critical", "dooray-warning", "dooray-selftest", "heartbeat");
		assertThat(receivers).allSatisfy((receiver) -> {
			List<Map<String, Object>> webhooks = YamlFile.maps(receiver, "webhook_configs");
			assertThat(webhooks).hasSize(1);
			Map<String, Object> webhook = webhooks.get(0);
			assertThat(URI.create(YamlFile.text(webhook, "url"))).hasHost("dooray-adapter").hasPort(9095);
			// The end of the heartbeat is told by whoever misses it.
			assertThat(webhook).containsEntry("send_resolved", !"heartbeat".equals(receiver.get("name")))
				.containsEntry("max_alerts", 0)
				.containsEntry("timeout", "10s");
			assertThat(YamlFile.map(YamlFile.map(webhook, "http_config"), "authorization"))
				.containsExactly(Map.entry("credentials_file", "/run/secrets/webhook-bearer-token"));
		});
		assertThat(YamlFile.list(Compose.service("alertmanager"), "secrets")).contains("webhook-bearer-token");
	}

	@Test
	void theHeartbeatIsToldToTheWatcherFarMoreOftenThanItMissesIt() {
		Map<String, Object> route = YamlFile.maps(YamlFile.map(YamlFile.read(FILE), "route"), "routes").get(0);
		assertThat(route).containsEntry("receiver", "heartbeat")
			.containsEntry("matchers", List.of("alertname=\"Watchdog\""))
			.containsEntry("repeat_interval", "15s");
		Map<String, Object> receiver = YamlFile.maps(YamlFile.read(FILE), "receivers")
			.stream()
			.filter((one) -> "heartbeat".equals(one.get("name")))
			.findFirst()
			.orElseThrow();
		assertThat(YamlFile.text(YamlFile.maps(receiver, "webhook_configs").get(0), "url"))
			.endsWith("/webhook/heartbeat");
		Map<String, Object> adapter = YamlFile.map(Compose.service("dooray-adapter"), "environment");
		Map<String, Object> watcher = YamlFile.map(Compose.service("heartbeat-watcher"), "environment");
		assertThat(adapter).containsEntry("HEARTBEAT_WATCHER_URL",
				"http://heartbeat-watcher:%s/heartbeat".formatted(watcher.get("SERVER_PORT")));
		assertThat(Compose.service("heartbeat-watcher")).as("waits for nobody").doesNotContainKey("depends_on");
	}

	@Test
	void theSelftestDisturbsNoChannelOfPeople() {
		Map<String, Object> receiver = YamlFile.maps(YamlFile.read(FILE), "receivers")
			.stream()
			.filter((one) -> "dooray-selftest".equals(one.get("name")))
			.findFirst()
			.orElseThrow();
		assertThat(YamlFile.text(YamlFile.maps(receiver, "webhook_configs").get(0), "url"))
			.endsWith("/webhook/selftest");
		assertThat(YamlFile.text(YamlFile.map(Compose.service("dooray-adapter"), "environment"),
				"DOORAY_HOOK_URL_SELFTEST"))
			.startsWith("http://dooray-simulator:");
	}

	private static Stream<Rule> alerts() {
		return Rule.alerts();
	}

}
