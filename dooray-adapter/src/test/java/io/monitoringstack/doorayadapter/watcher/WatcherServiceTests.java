package io.monitoringstack.doorayadapter.watcher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.DoorayAdapterApplication;
import io.monitoringstack.doorayadapter.webhook.FakeDooray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The watcher as it runs, against a Dooray that stands in.
 */
@ExtendWith(OutputCaptureExtension.class)
class WatcherServiceTests {

	private static final String HOOK = "/services/1/2/S3CR3T";

	private final FakeDooray dooray = new FakeDooray();

	private final HttpClient client = HttpClient.newHttpClient();

	@org.jspecify.annotations.Nullable
	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
		this.dooray.close();
	}

	@Test
	void speaksWhenNoHeartbeatComesAndWhenOneDoes(CapturedOutput output) throws Exception {
		start("WATCHER_LIMIT=2s");
		List<FakeDooray.Post> posts = awaitPosts(1);
		assertThat(posts.get(0).path()).isEqualTo(HOOK);
		assertThat(posts.get(0).body()).contains("[심각] 감시 신호 끊김 | ", "신호가 한 번도 오지 않았습니다", "./monitoring status",
				"docs/runbooks/Watchdog.md", "\"botName\":\"Alertmanager\"");
		assertThat(metrics()).contains("watcher_silent 1.0", "watcher_last_heartbeat_timestamp_seconds NaN");
		// Again and again, so that a slow machine is not silent once more meanwhile.
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200)).until(() -> {
			assertThat(beat("{\"signal\":\"%s\"}".formatted(Instant.now()))).isEqualTo(204);
			return this.dooray.posts().size() >= 2;
		});
		posts = this.dooray.posts();
		assertThat(posts.get(1).body()).contains("[해결] 감시 신호 복구 | ");
		// Whether it counted that as told depends on the answer, which comes after the
		// post.
		Awaitility.await()
			.untilAsserted(() -> assertThat(metrics())
				.contains("watcher_notices_total{kind=\"returned\",outcome=\"accepted\"} 1.0"));
		assertThat(output.getAll()).doesNotContain("S3CR3T");
		assertThat(metrics()).doesNotContain("S3CR3T");
	}

	@Test
	void goesOnUntilDoorayTookItAndUsesAnotherHookMeanwhile() throws Exception {
		this.dooray.answer(HOOK, FakeDooray.status(404, ""));
		start("WATCHER_LIMIT=1s", "DOORAY_HOOK_URL_WARNING=" + this.dooray.hook("/services/1/2/other"));
		List<FakeDooray.Post> posts = awaitPosts(2);
		assertThat(posts).extracting(FakeDooray.Post::path).containsExactly(HOOK, "/services/1/2/other");
	}

	@Test
	void isHealthyWhileSilentAndTakesNoWebhooks() throws Exception {
		start("WATCHER_LIMIT=1s");
		awaitPosts(1);
		assertThat(send("GET", "/actuator/health", "").statusCode()).isEqualTo(200);
		assertThat(send("POST", "/webhook", "{\"receiver\":\"x\",\"groupKey\":\"k\"}").statusCode()).isEqualTo(404);
		assertThat(beat("no json")).isEqualTo(400);
	}

	@Test
	void speaksEnglishWhenAsked() {
		start("WATCHER_LIMIT=1s", "NOTIFY_LANGUAGE=en", "DOORAY_BOT_NAME=Watch");
		assertThat(awaitPosts(1).get(0).body()).contains("[CRITICAL] heartbeat lost | for ", "\"botName\":\"Watch\"");
	}

	@Test
	void refusesASettingThatMakesNoSense() {
		assertThatException().isThrownBy(() -> start("WATCHER_LIMIT=0s"))
			.havingRootCause()
			.withMessageContaining("WATCHER_LIMIT");
	}

	private void start(String... variables) {
		Map<String, Object> environment = new HashMap<>(Map.of("SERVER_PORT", "0", "SPRING_PROFILES_ACTIVE", "watcher",
				"DOORAY_HOOK_URL_CRITICAL", this.dooray.hook(HOOK), "DOORAY_ALLOWED_HOSTS", this.dooray.host(),
				"DOORAY_MININTERVAL", "60ms"));
		for (String variable : variables) {
			environment.put(variable.substring(0, variable.indexOf('=')),
					variable.substring(variable.indexOf('=') + 1));
		}
		SpringApplication application = new SpringApplication(DoorayAdapterApplication.class);
		application.setRegisterShutdownHook(false);
		application.setAdditionalProfiles("watcher");
		application.addInitializers((starting) -> starting.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
		this.context = application.run();
	}

	private List<FakeDooray.Post> awaitPosts(int count) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(this.dooray::posts, (posts) -> posts.size() >= count);
	}

	private int beat(String body) throws Exception {
		return send("POST", "/heartbeat", body).statusCode();
	}

	private String metrics() throws Exception {
		return send("GET", "/actuator/prometheus", "").body();
	}

	private HttpResponse<String> send(String method, String path, String body) throws Exception {
		assertThat(this.context).isNotNull();
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
