package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.doorayadapter.DoorayAdapterApplication;
import org.awaitility.Awaitility;
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
 * Starts and stops the service as an operator does.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartAndStopTests {

	private static final String HOOK = "/services/1/2/S3CR3T";

	private static final String BODY = """
			{"receiver":"ops","groupKey":"k","alerts":[{"status":"firing","labels":{"alertname":"A",
			"severity":"%s"}}]}""";

	private final FakeDooray dooray = new FakeDooray();

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
		this.dooray.close();
	}

	@Test
	void aBadHookEndsTheStartWithASentence(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> start("DOORAY_HOOK_URL_WARNING=https://evil.example.com/services/1/2/S3CR3T"));
		assertThat(output.getAll()).contains("DOORAY_HOOK_URL_WARNING points to a host that is neither Dooray's")
			.doesNotContain("S3CR3T", "evil.example.com");
	}

	@Test
	void emptyVariablesCountAsUnset() throws Exception {
		ConfigurableApplicationContext context = start("DOORAY_HOOK_URL=", "DOORAY_HOOK_URL_CRITICAL=",
				"DOORAY_HOOK_URL_WARNING_FILE=", "DOORAY_HOOK_DIR=", "DOORAY_ALLOWED_HOSTS=", "NOTIFY_LANGUAGE=",
				"NOTIFY_ZONE=", "DOORAY_BOT_NAME=", "WEBHOOK_BEARER_TOKEN=", "WEBHOOK_BEARER_TOKEN_FILE=",
				"ALERTMANAGER_EXTERNAL_URL=", "GRAFANA_EXTERNAL_URL=", "PROMETHEUS_EXTERNAL_URL=", "RUNBOOK_BASE_URL=",
				"DOORAY_ROUTE_LABELS=", "DOORAY_UNKNOWN_SEVERITY_CHANNEL=",
				"DOORAY_SIMULATOR_URL=" + this.dooray.hook("/services/monitoring/{channel}/simulator"));
		assertThat(post(context, BODY.formatted("warning")).statusCode()).isEqualTo(200);
		assertThat(this.dooray.posts().get(0).path()).isEqualTo("/services/monitoring/warning/simulator");
		assertThat(this.dooray.posts().get(0).body()).contains("[경고] 발생 1 | A", "\"botName\":\"Alertmanager\"");
	}

	@Test
	void speaksEnglishWhenAsked() throws Exception {
		ConfigurableApplicationContext context = start("NOTIFY_LANGUAGE=en", "DOORAY_BOT_NAME=Watch");
		assertThat(post(context, BODY.formatted("none-such")).statusCode()).isEqualTo(200);
		assertThat(this.dooray.posts().get(0).body()).contains("[SEVERITY NOT SET] firing 1 | A",
				"\"botName\":\"Watch\"");
	}

	@Test
	void aTokenFileIsReadAgainWhenItChanges(@TempDir Path folder) throws Exception {
		Path token = Files.writeString(folder.resolve("token"), "");
		ConfigurableApplicationContext context = start("WEBHOOK_BEARER_TOKEN_FILE=" + token);
		assertThat(post(context, BODY.formatted("info")).statusCode()).isEqualTo(200);
		Files.writeString(token, "S3CR3T\n");
		assertThat(post(context, BODY.formatted("info")).statusCode()).isEqualTo(401);
	}

	@Test
	void whatWaitsForAHookLeavesInOneMessageWithCriticalOnesFirst() {
		ConfigurableApplicationContext context = start("DOORAY_DUPLICATE_WINDOW=0");
		List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
		this.dooray.answer(HOOK, slow(2000));
		for (String severity : List.of("warning", "warning", "warning", "critical")) {
			int before = calls.size();
			calls.add(this.client.sendAsync(request(context, BODY.formatted(severity)),
					HttpResponse.BodyHandlers.ofString()));
			if (before == 0) {
				Awaitility.await().until(() -> !this.dooray.posts().isEmpty());
			}
		}
		calls.forEach((call) -> assertThat(call.join().statusCode()).isEqualTo(200));
		List<FakeDooray.Post> posts = this.dooray.posts();
		assertThat(posts).hasSize(2);
		assertThat(posts.get(1).body()).contains("[심각] 그룹 3개 · 심각 1 · 경고 2 | A", "• [심각] 발생 1 | A");
		assertThat(posts.get(1).nanoTime() - posts.get(0).nanoTime())
			.isGreaterThanOrEqualTo(Duration.ofMillis(3090).toNanos());
	}

	@Test
	void whoDoesNotFitIsToldToComeAgain() {
		ConfigurableApplicationContext context = start("DOORAY_DUPLICATE_WINDOW=0", "DOORAY_MAXQUEUESIZE=30KB");
		this.dooray.answer(HOOK, slow(1500));
		CompletableFuture<HttpResponse<String>> first = this.client.sendAsync(request(context, BODY.formatted("info")),
				HttpResponse.BodyHandlers.ofString());
		Awaitility.await().until(() -> !this.dooray.posts().isEmpty());
		HttpResponse<String> second = this.client
			.sendAsync(request(context, BODY.formatted("info")), HttpResponse.BodyHandlers.ofString())
			.join();
		assertThat(second.statusCode()).isEqualTo(503);
		assertThat(second.body()).contains("hookBusy");
		assertThat(second.headers().firstValue("Retry-After")).contains("1");
		assertThat(first.join().statusCode()).isEqualTo(200);
	}

	@Test
	void finishesWhatItBeganBeforeItStopsAndTakesNothingNew() throws Exception {
		ConfigurableApplicationContext context = start();
		this.dooray.answer(HOOK, slow(2000));
		CompletableFuture<HttpResponse<String>> begun = this.client.sendAsync(request(context, BODY.formatted("info")),
				HttpResponse.BodyHandlers.ofString());
		Awaitility.await().until(() -> !this.dooray.posts().isEmpty());
		HttpRequest late = request(context, BODY.formatted("info"));
		CompletableFuture<Void> stop = CompletableFuture.runAsync(context::close);
		Awaitility.await().until(() -> refused(late));
		assertThat(begun.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		stop.get(12, TimeUnit.SECONDS);
		assertThat(this.dooray.posts()).hasSize(1);
	}

	@Test
	void answers503WhenDoorayIsNotThere() throws Exception {
		ConfigurableApplicationContext context = start();
		this.dooray.close();
		HttpResponse<String> response = post(context, BODY.formatted("info"));
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.body()).contains("connectError");
	}

	private boolean refused(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 503;
		}
		catch (IOException ex) {
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static FakeDooray.Answer slow(long millis) {
		return (exchange, closed) -> {
			closed.await(millis, TimeUnit.MILLISECONDS);
			exchange.sendResponseHeaders(200, -1);
		};
	}

	private ConfigurableApplicationContext start(String... variables) {
		Map<String, Object> environment = new HashMap<>();
		environment.put("SERVER_PORT", "0");
		environment.put("DOORAY_HOOK_URL", this.dooray.hook(HOOK));
		environment.put("DOORAY_ALLOWED_HOSTS", this.dooray.host());
		for (String variable : variables) {
			environment.put(variable.substring(0, variable.indexOf('=')),
					variable.substring(variable.indexOf('=') + 1));
		}
		SpringApplication application = new SpringApplication(DoorayAdapterApplication.class);
		application.setRegisterShutdownHook(false);
		application.addInitializers((starting) -> starting.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
		ConfigurableApplicationContext context = application.run();
		this.contexts.add(context);
		return context;
	}

	private HttpResponse<String> post(ConfigurableApplicationContext context, String body) throws Exception {
		return this.client.send(request(context, body), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest request(ConfigurableApplicationContext context, String body) {
		String port = context.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhook"))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

}
