package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the same more than once, in every way Alertmanager does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "dooray.min-interval=30ms", "dooray.read-timeout=2500ms" })
class OnceOnlyServiceTests {

	private static final String HOOK = "/services/1/2/3";

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	private final String group = UUID.randomUUID().toString();

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void hooks(DynamicPropertyRegistry registry) {
		registry.add("DOORAY_HOOK_URL", () -> dooray.hook(HOOK));
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
	void aSecondAlertmanagerIsAnsweredWithoutASecondMessage() {
		assertThat(send(firing("a1", "00")).body()).isEqualTo("{\"channel\":\"default\",\"alerts\":1,\"cut\":0}");
		HttpResponse<String> second = send(firing("a1", "30"));
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(second.body()).isEqualTo("{\"channel\":\"default\",\"alerts\":1,\"cut\":0,\"duplicate\":true}");
		assertThat(dooray.posts()).hasSize(1);
		assertThat(metrics()).containsPattern("dooray_duplicates_suppressed_total\\{kind=\"told\"} [1-9]");
	}

	@Test
	void requestsAtTheSameTimeShareOneMessage() {
		dooray.answer(HOOK, slow(300));
		List<CompletableFuture<HttpResponse<String>>> calls = java.util.stream.IntStream.range(0, 5)
			.mapToObj((i) -> sendAsync(firing("a1", "00")))
			.toList();
		assertThat(calls).allMatch((call) -> call.join().statusCode() == 200);
		assertThat(dooray.posts()).hasSize(1);
	}

	@Test
	void requestsAtTheSameTimeShareTheFailureToo() {
		dooray.answer(HOOK, (exchange, closed) -> {
			closed.await(1200, TimeUnit.MILLISECONDS);
			exchange.sendResponseHeaders(400, -1);
		}, FakeDooray.status(400, ""));
		CompletableFuture<HttpResponse<String>> first = sendAsync(firing("a1", "00"));
		Awaitility.await().until(() -> !dooray.posts().isEmpty());
		CompletableFuture<HttpResponse<String>> second = sendAsync(firing("a1", "00"));
		assertThat(first.join().statusCode()).isEqualTo(502);
		assertThat(second.join().statusCode()).isEqualTo(502);
		assertThat(dooray.posts()).hasSize(2);
	}

	@Test
	void whatFailedIsToldByTheNextAttempt() {
		dooray.answer(HOOK, FakeDooray.status(503, ""), FakeDooray.status(503, ""));
		assertThat(send(firing("a1", "00")).statusCode()).isEqualTo(503);
		assertThat(send(firing("a1", "00")).statusCode()).isEqualTo(200);
		assertThat(dooray.posts()).hasSize(3).noneMatch((post) -> post.body().contains("재전송"));
	}

	@Test
	void whatMayHaveArrivedIsSentAgainWithAMark() {
		dooray.answer(HOOK, FakeDooray.hang());
		assertThat(send(firing("a1", "00")).statusCode()).isEqualTo(503);
		assertThat(send(firing("a1", "00")).statusCode()).isEqualTo(200);
		assertThat(dooray.posts()).hasSize(2);
		assertThat(dooray.posts().get(1).body()).contains("\"text\":\"(재전송) [심각] 발생 1 | NodeDown");
	}

	@Test
	void aReminderRightAfterTheNewsIsADuplicate() {
		send(firing("a1", "00"));
		assertThat(send(body("repeat interval elapsed", alert("firing", "a1", "00"))).body()).contains("duplicate");
		assertThat(dooray.posts()).hasSize(1);
	}

	@Test
	void whatComesBackAfterItWasResolvedIsToldAgain() {
		send(firing("a1", "00"));
		send(body("all alerts resolved", alert("resolved", "a1", "00")));
		send(firing("a1", "00"));
		assertThat(dooray.posts()).hasSize(3);
		assertThat(dooray.posts().get(0).body()).contains("[심각] 발생 1 | NodeDown");
		assertThat(dooray.posts().get(1).body()).contains("[해결] 1건 | NodeDown");
		assertThat(dooray.posts().get(2).body()).contains("[심각] 신규 1 | NodeDown");
	}

	@Test
	void tellsWhatChangedSinceTheLastMessageThatArrived() {
		send(body("first notification", alert("firing", "a1", "00"), alert("firing", "b2", "00")));
		dooray.answer(HOOK, FakeDooray.status(400, ""), FakeDooray.status(400, ""));
		String change = body("new alerts added", alert("firing", "a1", "00"), alert("resolved", "b2", "00"),
				alert("firing", "c3", "00"));
		assertThat(send(change).statusCode()).isEqualTo(502);
		assertThat(send(change).statusCode()).isEqualTo(200);
		String last = dooray.posts().get(dooray.posts().size() - 1).body();
		assertThat(last).contains("[심각] 신규 1 · 해결 1 · 계속 1 | NodeDown", "[심각 · 신규] c3", "[심각 · 계속] a1", "[해결] b2");
	}

	@Test
	void theSameGroupInAnotherChannelIsToldThereToo() {
		assertThat(send(firing("a1", "00")).statusCode()).isEqualTo(200);
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/webhook/warning"))
			.POST(HttpRequest.BodyPublishers.ofString(firing("a1", "00")))
			.build();
		assertThat(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body())
			.doesNotContain("duplicate");
		assertThat(dooray.posts()).hasSize(2);
	}

	private String firing(String fingerprint, String second) {
		return body("first notification", alert("firing", fingerprint, second));
	}

	private String body(String reason, String... alerts) {
		return """
				{"version":"4","groupKey":"%s","receiver":"ops","notification_reason":"%s","alerts":[%s]}"""
			.formatted(this.group, reason, String.join(",", alerts));
	}

	private static String alert(String status, String fingerprint, String second) {
		return """
				{"status":"%s","labels":{"alertname":"NodeDown","severity":"critical","instance":"web-01"},
				"annotations":{"summary":"%s"},"startsAt":"2026-11-21T11:00:%sZ","fingerprint":"%s"}"""
			.formatted(status, fingerprint, second, fingerprint);
	}

	private static FakeDooray.Answer slow(long millis) {
		return (exchange, closed) -> {
			closed.await(millis, TimeUnit.MILLISECONDS);
			exchange.sendResponseHeaders(200, -1);
		};
	}

	private HttpResponse<String> send(String body) {
		return sendAsync(body).join();
	}

	private CompletableFuture<HttpResponse<String>> sendAsync(String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/webhook"))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	private String metrics() {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/prometheus"))
			.build();
		return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
	}

}
