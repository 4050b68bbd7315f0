package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stack whose owner has set a hook and tokens: messages go there, only who has a token
 * may push or send alerts, and no secret is seen anywhere.
 */
@RunningStack
class HookIT {

	private static final String HOOK_TOKEN = Ids.unique("hook-token");

	private static final String WEBHOOK_TOKEN = Ids.unique("webhook-token");

	private static final String PUSH_TOKEN = Ids.unique("push-token");

	private static final Path FOLDER = Stack.ROOT.resolve("stack-tests/target/tokens");

	private static final String[] APPLY = { "up", "--detach", "--no-build", "--no-deps", "--wait", "--wait-timeout",
			"170", "dooray-adapter", "alertmanager", "pushgateway-proxy" };

	private static Map<String, String> settings = Map.of();

	@BeforeAll
	static void setHookAndTokens() throws IOException {
		Files.createDirectories(FOLDER);
		Path webhookToken = Files.writeString(FOLDER.resolve("webhook"), WEBHOOK_TOKEN + "\n");
		Path pushToken = Files.writeString(FOLDER.resolve("push"), PUSH_TOKEN + "\n");
		// The container's name stands for another host: a hook on the simulator's own
		// name
		// is not taken for one that people read.
		String host = Stack.container("dooray-simulator").path("Name").asString().substring(1);
		settings = Map.of("DOORAY_HOOK_URL_CRITICAL",
				"http://" + host + ":9096/services/team/own-channel/" + HOOK_TOKEN, "DOORAY_ALLOWED_HOSTS", host,
				"WEBHOOK_BEARER_TOKEN_FILE", webhookToken.toString(), "PUSH_BEARER_TOKEN_FILE", pushToken.toString());
		Stack.compose(settings, APPLY);
	}

	@AfterAll
	static void restore() throws IOException {
		Stack.compose(APPLY);
		Files.deleteIfExists(FOLDER.resolve("webhook"));
		Files.deleteIfExists(FOLDER.resolve("push"));
	}

	@Test
	void deliversThroughAlertmanagerToTheHookThatWasSet() throws IOException {
		String name = Ids.unique("ItOwnHook");
		Alertmanager.raise(name, "critical");
		try {
			Simulator.Received message = Simulator.awaitAccepted(name, Duration.ofSeconds(30));
			assertThat(message.hook()).isEqualTo("own-channel");
			assertThat(Simulator.mentioning(name)).hasSize(1);
			assertNoSecretAnywhere();
		}
		finally {
			Alertmanager.end(name, "critical");
		}
	}

	@Test
	void usesTheOnlyHookForWarningsAsWell() throws IOException {
		String name = Ids.unique("ItOnlyHook");
		HttpResponse<String> answer = webhook(name, Map.of("Authorization", "Bearer " + WEBHOOK_TOKEN));
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
		assertThat(Simulator.awaitAccepted(name, Duration.ofSeconds(10)).hook()).isEqualTo("own-channel");
	}

	@Test
	void refusesAWebhookWithoutTheToken() throws IOException {
		String name = Ids.unique("ItStranger");
		assertThat(webhook(name, Map.of()).statusCode()).isEqualTo(401);
		assertThat(webhook(name, Map.of("Authorization", "Bearer wrong")).statusCode()).isIn(401, 403);
		assertThat(Simulator.mentioning(name)).isEmpty();
	}

	@Test
	void takesPushesAndDeletesOnlyWithTheToken() throws IOException {
		String id = Ids.unique("it_token");
		String group = "/metrics/job/" + id;
		Map<String, String> authorized = Map.of("Authorization", "Bearer " + PUSH_TOKEN);
		assertThat(Pushes.put(group, id + " 1\n").statusCode()).isEqualTo(401);
		assertThat(Pushes.groups()).noneMatch((labels) -> labels.contains(id));
		assertThat(Http.send("PUT", Stack.PROXY, group, id + " 1\n", authorized).statusCode()).isIn(200, 202);
		assertThat(Pushes.delete(group).statusCode()).isEqualTo(401);
		assertThat(Pushes.groups()).anyMatch((labels) -> labels.contains(id));
		assertThat(Http.send("DELETE", Stack.PROXY, group, "", authorized).statusCode()).isEqualTo(202);
	}

	@Test
	void passesTheSelftestWithAllTokensSet() {
		Shell.Result result = Stack.monitoring(settings, "selftest");
		assertThat(result.exitCode()).as(result.toString()).isZero();
		assertThat(result.all()).doesNotContain(PUSH_TOKEN);
	}

	@Test
	void showsNoSecretWhenTheHookFails() throws IOException {
		String name = Ids.unique("ItFailingHook");
		Simulator.misbehave("own-channel", Map.of("mode", "reset"));
		try {
			HttpResponse<String> answer = webhook(name, Map.of("Authorization", "Bearer " + WEBHOOK_TOKEN));
			assertThat(answer.statusCode()).isIn(502, 503);
			assertThat(answer.body()).doesNotContain(HOOK_TOKEN);
			assertNoSecretAnywhere();
		}
		finally {
			Simulator.behave("own-channel");
		}
	}

	private static void assertNoSecretAnywhere() throws IOException {
		assertHidden("log of some service", Stack.compose("logs", "--no-color", "--no-log-prefix").all());
		for (JsonNode link : Http.getJson(Stack.ADAPTER, "/actuator").path("_links")) {
			String address = link.path("href").asString();
			if (!address.contains("{")) {
				String path = URI.create(address).getPath();
				assertHidden("adapter " + path, read(path));
			}
		}
		for (String path : List.of("/", "/api/deliveries", "/actuator/env", "/actuator/configprops", "/actuator/health",
				"/actuator/prometheus")) {
			assertHidden("adapter " + path, read(path));
		}
		assertHidden("Alertmanager's status", Http.get(Stack.ALERTMANAGER, "/api/v2/status").body());
	}

	private static String read(String path) throws IOException {
		return Http.send("GET", Stack.ADAPTER, path, "", Map.of("Authorization", "Bearer " + WEBHOOK_TOKEN)).body();
	}

	private static void assertHidden(String where, String text) {
		assertThat(text.contains(HOOK_TOKEN)).as("hook's token in " + where).isFalse();
		assertThat(text.contains(WEBHOOK_TOKEN)).as("webhook's token in " + where).isFalse();
		assertThat(text.contains(PUSH_TOKEN)).as("token for pushes in " + where).isFalse();
	}

	private static HttpResponse<String> webhook(String name, Map<String, String> headers) throws IOException {
		Map<String, String> labels = Map.of("alertname", name, "severity", "warning");
		Map<String, Object> alert = Map.of("status", "firing", "labels", labels, "annotations", Map.of(), "startsAt",
				"2026-01-02T03:04:05Z", "endsAt", "0001-01-01T00:00:00Z", "generatorURL", "", "fingerprint",
				Ids.unique("fingerprint"));
		Map<String, Object> body = Map.of("version", "4", "groupKey", name, "truncatedAlerts", 0, "status", "firing",
				"receiver", "dooray-warning", "groupLabels", labels, "commonLabels", labels, "commonAnnotations",
				Map.of(), "externalURL", "http://localhost:9093", "alerts", List.of(alert));
		return Http.sendJson("POST", Stack.ADAPTER, "/webhook", body, headers);
	}

}
