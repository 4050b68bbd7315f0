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
import java.util.List;
import java.util.stream.Collectors;

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
 * Who is called by name, from the webhook to what Dooray gets.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "DOORAY_DUPLICATE_WINDOW=0", "dooray.min-interval=50ms", "dooray.mask-personal-data=phone" })
class DutyServiceTests {

	private static final String HOOK = "/services/1/2/hook";

	private static final String TABLE = """
			place: %s
			teams:
			  pay: {always: '[@Kim](dooray://1/members/2 "member") 010-1234-5678'}
			  web: {always: "@Lee"}
			  default: {always: "@ops"}
			""";

	private static final String MENTION = "[@Kim](dooray://1/members/2 \\\"member\\\") 010-1234-5678";

	private static final FakeDooray dooray = new FakeDooray();

	@TempDir
	static Path folder;

	private static int groups;

	@Value("${local.server.port}")
	private int port;

	private String group = "group-" + groups++;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) throws IOException {
		Path file = Files.writeString(folder.resolve("duty.yml"), TABLE.formatted("line"));
		registry.add("duty.file", file::toString);
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
	void callsForNewCriticalAlertsAndForNothingElse() throws Exception {
		String first = alert("a", "critical", "pay", "firing");
		assertThat(tell("first notification", first)).contains("\\n" + MENTION + "\"");
		assertThat(tell("repeat interval elapsed", first)).doesNotContain("@Kim");
		assertThat(tell("", first)).as("the same from an older Alertmanager").doesNotContain("@Kim");
		String warning = alert("b", "warning", "web", "firing");
		assertThat(tell("new alerts added", first, warning)).contains("신규 1").doesNotContain("@Kim", "@Lee");
		String second = alert("c", "critical", "web", "firing");
		assertThat(tell("new alerts added", first, warning, second)).contains("\\n@Lee\"").doesNotContain("@Kim");
		assertThat(tell("some alerts resolved", first, warning, alert("c", "critical", "web", "resolved")))
			.doesNotContain("@Kim", "@Lee");
		assertThat(tell("all alerts resolved", alert("a", "critical", "pay", "resolved"),
				alert("b", "warning", "web", "resolved")))
			.doesNotContain("@");
	}

	@Test
	void callsTheOthersForATeamThatIsNotListed() throws Exception {
		assertThat(tell("first notification", alert("a", "critical", "no-such", "firing"))).contains("\\n@ops\"");
	}

	@Test
	void nobodyIsCalledForWarnings() throws Exception {
		assertThat(tell("first notification", alert("a", "warning", "pay", "firing"))).doesNotContain("@");
	}

	@Test
	void aReminderOfAForgottenGroupCallsNobody() throws Exception {
		assertThat(tell("repeat interval elapsed", alert("a", "critical", "pay", "firing"))).doesNotContain("@Kim");
	}

	@Test
	void groupsThatLeaveTogetherCallInTheTextOfTheMessage() throws Exception {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			String body = body("together-" + i, "first notification",
					alert("a", "critical", (i % 2 == 0) ? "pay" : "web", "firing"));
			Thread thread = new Thread(() -> post("/webhook", body));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(dooray.posts()).anySatisfy((post) -> assertThat(post.body()).contains("그룹 "))
			.allSatisfy((post) -> assertThat(post.body().split("\"attachments\"")[0]).containsAnyOf(MENTION, "@Lee"));
	}

	@Test
	void aPreviewShowsTheMentionAndAChangedFileCountsAtOnce() throws Exception {
		String body = body(this.group, "first notification", alert("a", "critical", "web", "firing"));
		assertThat(post("/preview", body)).contains("\\n@Lee\"");
		Files.writeString(folder.resolve("duty.yml"), TABLE.formatted("front"));
		eventuallyPreviews(body, "\"text\":\"@Lee [심각]");
		Files.writeString(folder.resolve("duty.yml"), TABLE.formatted("nowhere"));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(get("/actuator/prometheus")).contains("dooray_duty_file_bad 1.0"));
		assertThat(post("/preview", body)).as("the last good one").contains("\"text\":\"@Lee [심각]");
		Files.writeString(folder.resolve("duty.yml"), TABLE.formatted("line"));
		eventuallyPreviews(body, "\\n@Lee\"");
		assertThat(get("/actuator/prometheus")).contains("dooray_duty_file_bad 0.0")
			.containsPattern("dooray_duty_mentions_total \\d");
	}

	private void eventuallyPreviews(String body, String text) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(post("/preview", body)).contains(text));
	}

	private String tell(String reason, String... alerts) {
		dooray.reset();
		assertThat(post("/webhook", body(this.group, reason, alerts))).contains("\"channel\":\"default\"");
		return dooray.posts().get(0).body();
	}

	private static String alert(String name, String severity, String team, String status) {
		return """
				{"status":"%s","labels":{"alertname":"%s","severity":"%s","team":"%s"},"fingerprint":"%s",
				"startsAt":"2026-11-21T11:00:00Z","endsAt":"%s"}""".formatted(status, name, severity, team,
				String.format("%016x", name.hashCode()),
				status.equals("firing") ? "0001-01-01T00:00:00Z" : "2026-11-21T12:00:00Z");
	}

	private static String body(String group, String reason, String... alerts) {
		boolean firing = List.of(alerts).stream().anyMatch((alert) -> alert.contains("\"firing\""));
		return """
				{"version":"4","groupKey":"%s","receiver":"ops","status":"%s","notification_reason":"%s","alerts":[%s]}"""
			.formatted(group, firing ? "firing" : "resolved", reason,
					List.of(alerts).stream().collect(Collectors.joining(",")));
	}

	private String post(String path, String body) {
		return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build());
	}

	private String get(String path) {
		return send(HttpRequest.newBuilder(uri(path)).build());
	}

	private static String send(HttpRequest request) {
		try {
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

}
