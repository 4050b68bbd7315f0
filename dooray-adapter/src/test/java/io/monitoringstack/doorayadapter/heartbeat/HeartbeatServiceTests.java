package io.monitoringstack.doorayadapter.heartbeat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.DoorayAdapterApplication;
import io.monitoringstack.doorayadapter.webhook.FakeDooray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A heartbeat on its way from Alertmanager to those who watch for it.
 */
@ExtendWith(OutputCaptureExtension.class)
class HeartbeatServiceTests {

	private static final String OUTSIDE = "/ping/S3CR3T";

	private static final String WATCHER = "/heartbeat";

	private final FakeDooray peers = new FakeDooray();

	private final HttpClient client = HttpClient.newHttpClient();

	@org.jspecify.annotations.Nullable
	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
		this.peers.close();
	}

	@Test
	void tellsEveryWatcherOnceForEachEvaluation() throws Exception {
		start("HEARTBEAT_WATCHER_URL=" + this.peers.hook(WATCHER), "HEARTBEAT_URL=" + this.peers.hook(OUTSIDE));
		assertThat(beat(firing("1795281000")).body()).isEqualTo("{\"told\":2}");
		// Alertmanager goes on repeating it when Prometheus is dead.
		assertThat(beat(firing("1795281000")).body()).isEqualTo("{\"told\":0}");
		assertThat(beat(firing("1795280990")).body()).isEqualTo("{\"told\":0}");
		assertThat(beat(firing("1795281060")).body()).isEqualTo("{\"told\":2}");
		List<FakeDooray.Post> posts = this.peers.posts();
		assertThat(posts).extracting(FakeDooray.Post::path).containsExactly(WATCHER, OUTSIDE, WATCHER, OUTSIDE);
		assertThat(posts.get(0).body()).isEqualTo("{\"signal\":\"2026-11-21T17:10:00Z\"}");
		assertThat(posts.get(1).body()).isEmpty();
		assertThat(metrics()).contains("dooray_heartbeats_total{outcome=\"taken\",watcher=\"outside\"} 2.0",
				"dooray_heartbeats_total{outcome=\"known\",watcher=\"watcher\"} 2.0");
	}

	@Test
	void answersSuccessOnlyWhenAllWatchersTookIt(CapturedOutput output) throws Exception {
		start("HEARTBEAT_WATCHER_URL=" + this.peers.hook(WATCHER), "HEARTBEAT_URL=" + this.peers.hook(OUTSIDE));
		this.peers.answer(OUTSIDE, FakeDooray.status(503, "S3CR3T"), FakeDooray.status(404, ""));
		HttpResponse<String> refused = beat(firing("1795281000"));
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("not taken by: outside.").doesNotContain("S3CR3T");
		assertThat(beat(firing("1795281000")).statusCode()).isEqualTo(503);
		assertThat(beat(firing("1795281000")).body()).as("the own watcher knows it already").isEqualTo("{\"told\":1}");
		assertThat(this.peers.posts()).extracting(FakeDooray.Post::path)
			.containsExactly(WATCHER, OUTSIDE, OUTSIDE, OUTSIDE);
		assertThat(output.getAll()).contains("watcher=outside status=503").doesNotContain("S3CR3T");
		assertThat(metrics()).doesNotContain("S3CR3T");
	}

	@Test
	void isNoMessageInAnyChannel() throws Exception {
		start("HEARTBEAT_WATCHER_URL=" + this.peers.hook(WATCHER),
				"DOORAY_HOOK_URL=" + this.peers.hook("/services/1/2/3"), "DOORAY_ALLOWED_HOSTS=" + this.peers.host());
		assertThat(beat(firing("1795281000")).statusCode()).isEqualTo(200);
		assertThat(this.peers.posts()).extracting(FakeDooray.Post::path).containsExactly(WATCHER);
	}

	@Test
	void aResolvedAlertIsNoHeartbeatAndOneWithoutATimeBeatsNow() throws Exception {
		start("HEARTBEAT_WATCHER_URL=" + this.peers.hook(WATCHER));
		assertThat(beat(firing("1795281000").replace("firing", "resolved")).body()).isEqualTo("{\"told\":0}");
		assertThat(beat(firing("up")).body()).isEqualTo("{\"told\":1}");
	}

	@Test
	void saysThatNobodyWatches() throws Exception {
		start("HEARTBEAT_URL=", "HEARTBEAT_URL_FILE=", "HEARTBEAT_WATCHER_URL=");
		HttpResponse<String> answer = beat(firing("1795281000"));
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.body()).contains("Nobody watches");
	}

	@Test
	void readsTheAddressFromAFileThatMayChange(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("url"), "");
		start("HEARTBEAT_WATCHER_URL=" + this.peers.hook(WATCHER), "HEARTBEAT_URL_FILE=" + file);
		assertThat(beat(firing("1795281000")).body()).isEqualTo("{\"told\":1}");
		Files.writeString(file, this.peers.hook(OUTSIDE) + "\n");
		assertThat(beat(firing("1795281060")).body()).isEqualTo("{\"told\":2}");
		Files.writeString(file, "not an address S3CR3T");
		assertThat(beat(firing("1795281120")).body()).as("the last good one stays").isEqualTo("{\"told\":2}");
	}

	@Test
	void aBadAddressEndsTheStartWithoutShowingIt(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("HEARTBEAT_URL=htp:S3CR3T"))
			.havingRootCause()
			.withMessageContaining("HEARTBEAT_URL");
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START", "does not hold a valid http(s) URL")
			.doesNotContain("S3CR3T", "\tat ");
	}

	private static String firing(String value) {
		return """
				{"receiver":"heartbeat","groupKey":"k","alerts":[{"status":"firing",
				"labels":{"alertname":"Watchdog"},"annotations":{"value":"%s"}}]}""".formatted(value);
	}

	private void start(String... variables) {
		Map<String, Object> environment = new HashMap<>(Map.of("SERVER_PORT", "0"));
		for (String variable : variables) {
			environment.put(variable.substring(0, variable.indexOf('=')),
					variable.substring(variable.indexOf('=') + 1));
		}
		SpringApplication application = new SpringApplication(DoorayAdapterApplication.class);
		application.setRegisterShutdownHook(false);
		application.addInitializers((starting) -> starting.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
		this.context = application.run();
	}

	private HttpResponse<String> beat(String body) throws Exception {
		return send("POST", "/webhook/heartbeat", body);
	}

	private String metrics() throws Exception {
		return send("GET", "/actuator/prometheus", "").body();
	}

	private HttpResponse<String> send(String method, String path, String body) throws Exception {
		assertThat(this.context).isNotNull();
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
