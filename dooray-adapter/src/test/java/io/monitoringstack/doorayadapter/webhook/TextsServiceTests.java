package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What messages say where an operator has chosen it, channel by channel.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "dooray.min-interval=30ms", "NOTIFY_LANGUAGE_GLOBAL_OPS=en" })
class TextsServiceTests {

	private static final String CRITICAL = "/services/1/2/critical";

	private static final String GLOBAL = "/services/1/2/global";

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private static Path templates;

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		registry.add("DOORAY_HOOK_URL_CRITICAL", () -> dooray.hook(CRITICAL));
		registry.add("DOORAY_HOOK_URL_GLOBAL_OPS", () -> dooray.hook(GLOBAL));
		registry.add("DOORAY_HOOK_URL_CUSTOM", () -> dooray.hook("/services/1/2/custom"));
		registry.add("NOTIFY_TEMPLATE_DIR", templates::toString);
		registry.add("dooray.allowed-hosts", dooray::host);
	}

	@AfterAll
	static void close() {
		dooray.close();
	}

	@AfterEach
	void reset() {
		dooray.reset();
	}

	@Test
	void eachChannelHasItsOwnLanguage() throws Exception {
		assertThat(post("/webhook/critical", firing()).statusCode()).isEqualTo(200);
		assertThat(post("/webhook/global-ops", firing()).statusCode()).isEqualTo(200);
		assertThat(post("/test/global-ops", "").statusCode()).isEqualTo(200);
		assertThat(sent(0)).contains("[심각] 발생 1", "대상: web-01");
		assertThat(sent(1)).contains("[CRITICAL] firing 1", "Target: web-01");
		assertThat(sent(2)).contains("[TEST] Test message");
	}

	@Test
	void aMessageForAnotherChannelSpeaksToThoseWhoReadIt() throws Exception {
		dooray.answer(GLOBAL, FakeDooray.status(404, "gone"));
		assertThat(post("/webhook/global-ops", firing()).statusCode()).isEqualTo(200);
		assertThat(sent(0)).contains("[CRITICAL] firing 1");
		assertThat(sent(1)).contains("[심각] 발생 1", "※ 대체 채널: global-ops");
	}

	@Test
	void aChannelHasItsOwnTextsAndAnErrorInThemLosesNothing() throws Exception {
		Path file = templates.resolve("custom.mustache");
		Files.writeString(file,
				"=== title\n<{{summary}}>\n=== body\n{{label.mail}}{{#changesInLastHour}}x{{/changesInLastHour}}");
		String body = firing().replace("web-01 is down", "900101-1234568 dooray:{{x}}//1/members/2")
			.replace("\"instance\"", "\"mail\":\"dooray://1/members/2\",\"instance\"");
		Awaitility.await().untilAsserted(() -> {
			dooray.reset();
			assertThat(post("/webhook/custom", body.replace("groupKey\":\"", "groupKey\":\"" + System.nanoTime()))
				.statusCode()).isEqualTo(200);
			assertThat(sent(0)).contains("\"title\":\"<").doesNotContain("900101-1234568", "dooray://");
		});
		Files.writeString(file, "=== title\n\n{{sumary}}");
		Awaitility.await().untilAsserted(() -> {
			dooray.reset();
			assertThat(post("/webhook/custom", firing()).statusCode()).isEqualTo(200);
			assertThat(sent(0)).contains("[심각] web-01 is down");
		});
		assertThat(get("/actuator/prometheus"))
			.containsPattern("dooray_template_failures_total\\{channel=\"custom\"} [1-9]")
			.contains("dooray_template_failures_total{channel=\"critical\"} 0");
		assertThat(post("/preview/custom", firing()).body()).contains(
				"\"templateProblem\":\"custom.mustache line 3: there is nothing named sumary in this part\"",
				"[심각] web-01 is down");
		assertThat(post("/preview/critical", firing()).body()).doesNotContain("templateProblem");
	}

	@Test
	void anAlertThatComesAndGoesIsMarkedAndStillTold() throws Exception {
		String group = firing();
		for (int i = 0; i < 6; i++) {
			String start = "2026-11-21T1%d:00:00Z".formatted(i);
			assertThat(
					post("/webhook/critical", group.replace("\"a1\"", "\"f1\"").replace("2026-11-21T11:00:00Z", start))
						.statusCode())
				.isEqualTo(200);
		}
		assertThat(dooray.posts()).hasSize(6);
		assertThat(sent(4)).doesNotContain("반복 발생");
		assertThat(sent(5)).contains("반복 발생: 최근 1시간에 상태가 6번 바뀜");
	}

	private static String sent(int number) {
		return dooray.posts().get(number).body();
	}

	private static String firing() {
		return """
				{"version":"4","groupKey":"%s","receiver":"ops","status":"firing","alerts":[{"status":"firing",
				"labels":{"alertname":"NodeDown","severity":"critical","instance":"web-01:9100"},
				"annotations":{"summary":"web-01 is down"},"startsAt":"2026-11-21T11:00:00Z","fingerprint":"a1"}]}"""
			.formatted(UUID.randomUUID());
	}

	private String get(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
		return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return client.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
