package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slack, mail and a pager, all switched on and all stood in for, told by a real
 * Alertmanager that was started as the stack starts it. Needs Docker and Alertmanager's
 * image.
 */
class WaysToBeToldTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final JsonMapper json = new JsonMapper();

	private static final List<Received> received = new CopyOnWriteArrayList<>();

	private static Tool docker;

	private static String container;

	private static URI alertmanager;

	private static HttpServer server;

	private static GreenMail mail;

	private static Path folder;

	/**
	 * Once for all tests, yet before each: a class that gives up as a whole is not
	 * counted among the skipped.
	 */
	@BeforeEach
	void startAlertmanager() throws IOException {
		if (alertmanager != null) {
			return;
		}
		docker = Tool.docker();
		String image = docker.imageOf("alertmanager");
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			received.add(new Received(exchange.getRequestURI().getPath(), body));
			boolean pager = exchange.getRequestURI().getPath().startsWith("/v2");
			byte[] answer = (pager ? "{\"status\":\"success\"}" : "ok").getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(pager ? 202 : 200, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		server.start();
		mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		mail.start();
		mail.setUser("digest", "S3CR3T-mail");
		String base = "http://127.0.0.1:" + server.getAddress().getPort();
		folder = Files.createTempDirectory("ways");
		Path secrets = Files.createDirectory(folder.resolve("secrets"));
		Files.writeString(secrets.resolve("slack-webhook-url"), base + "/slack/S3CR3T-slack");
		Files.writeString(secrets.resolve("pagerduty-routing-key"), "S3CR3T-pager");
		Files.writeString(secrets.resolve("mail-password"), "S3CR3T-mail");
		Files.writeString(secrets.resolve("webhook-bearer-token"), "");
		Path config = AssembledConfiguration.copy(folder.resolve("config"));
		// What ends is told at the next interval: this test does not wait so long.
		for (String way : List.of("slack", "pager")) {
			Path file = config.resolve("routes/%s.yml".formatted(way));
			Files.writeString(file, Files.readString(file).replaceFirst("group_interval: .*", "group_interval: 1s"));
		}
		AssembledConfiguration.local(config, "broken.yml", "routes:\n  - receiver: nobody\n");
		AssembledConfiguration.local(config, "team.yml", """
				routes:
				  - receiver: team
				    matchers: [team="a"]
				    group_wait: 0s
				receivers:
				  - name: team
				    webhook_configs:
				      - url: %s/team
				""".formatted(base));
		int port = freePort();
		List<String> command = new ArrayList<>(List.of("run", "--detach", "--network=host", "--read-only",
				"--tmpfs=/tmp", "--volume=%s:/etc/alertmanager:ro".formatted(config),
				"--volume=%s:/run/secrets:ro".formatted(secrets)));
		Map.of("NOTIFY_LANGUAGE", "ko", "MAIL_TO", "ops@example.com", "MAIL_FROM", "monitoring@example.com",
				"MAIL_SMARTHOST", "127.0.0.1:" + mail.getSmtp().getPort(), "MAIL_USERNAME", "digest",
				"MAIL_REQUIRE_TLS", "false", "MAIL_INTERVAL", "2s", "PAGERDUTY_URL", base + "/v2/enqueue")
			.forEach((name, value) -> command.add("--env=%s=%s".formatted(name, value)));
		command.addAll(List.of("--entrypoint=/bin/sh", image, "/etc/alertmanager/alertmanager-start",
				"--config.file=/tmp/alertmanager.yml", "--storage.path=/tmp/alertmanager", "--cluster.listen-address=",
				"--web.listen-address=127.0.0.1:" + port, "--web.external-url=http://alerts.example.com",
				"--web.route-prefix=/"));
		Tool.Result started = docker.run(command.toArray(String[]::new));
		assertThat(started.exitCode()).as(started::toString).isZero();
		container = started.output().strip();
		alertmanager = URI.create("http://127.0.0.1:" + port);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptions()
			.until(() -> send("GET", "/-/ready", "").statusCode() == 200);
	}

	@AfterAll
	static void stop() throws IOException {
		if (container != null) {
			docker.run("rm", "--force", container);
			server.stop(0);
			mail.stop();
			AssembledConfiguration.delete(folder);
		}
	}

	@Test
	void slackIsToldWhatChangedInOurWords() throws Exception {
		raise("critical", "SlackFails", "host-1");
		JsonNode message = await("/slack/S3CR3T-slack", "SlackFails").path("attachments").path(0);
		assertThat(message.path("title").asString()).isEqualTo("[심각] 발생 1 | SlackFails | host-1");
		assertThat(message.path("fallback").asString()).isEqualTo("[심각] 발생 1 | SlackFails | host-1");
		assertThat(message.path("title_link").asString())
			.isEqualTo("http://alerts.example.com/#/alerts?receiver=slack");
		assertThat(message.path("color").asString()).isEqualTo("#D32F2F");
		assertThat(message.path("text").asString()).isEqualTo("""
				:red_circle: *심각* host-1 실패 &lt;요약&gt; &amp; "따옴표"
				야간 작업이 실패했습니다.
				시작: 01-02 12:04 KST · 값: 7
				런북: docs/runbooks/SlackFails.md
				<http://prometheus.example.com/graph|쿼리>
				<http://alerts.example.com/#/silences/new?filter={alertname%3D%22SlackFails%22}|사일런스>""");
		end("critical", "SlackFails", "host-1");
		JsonNode over = await("/slack/S3CR3T-slack", "해결 1 | SlackFails").path("attachments").path(0);
		assertThat(over.path("color").asString()).isEqualTo("#388E3C");
		assertThat(over.path("text").asString()).startsWith(":white_check_mark: *해결* host-1 실패").contains(" 만에");
	}

	@Test
	void aPagerIsCalledForWhatIsCriticalAlone() throws Exception {
		raise("warning", "PagerSleeps", "host-2");
		raise("critical", "PagerCalls", "host-2");
		JsonNode event = await("/v2/enqueue", "PagerCalls");
		assertThat(event.path("event_action").asString()).isEqualTo("trigger");
		assertThat(event.path("routing_key").asString()).isEqualTo("S3CR3T-pager");
		assertThat(event.path("client_url").asString()).isEqualTo("http://alerts.example.com/#/alerts?receiver=pager");
		JsonNode payload = event.path("payload");
		assertThat(payload.path("summary").asString()).isEqualTo("[심각] 발생 1 | PagerCalls | host-2");
		assertThat(payload.path("severity").asString()).isEqualTo("critical");
		assertThat(payload.path("class").asString()).isEqualTo("PagerCalls");
		assertThat(payload.path("component").asString()).isEqualTo("nightly");
		assertThat(payload.path("custom_details").path("firing").asString())
			.isEqualTo("• host-2 실패 <요약> & \"따옴표\" (런북:\u00a0docs/runbooks/PagerCalls.md)\n");
		// The warning has reached Slack by now, so it would have reached the pager.
		await("/slack/S3CR3T-slack", "PagerSleeps");
		assertThat(received).noneMatch((one) -> one.path().startsWith("/v2") && one.body().contains("PagerSleeps"));
		end("critical", "PagerCalls", "host-2");
		assertThat(await("/v2/enqueue", "\"resolve\"").path("dedup_key").asString())
			.isEqualTo(event.path("dedup_key").asString());
	}

	@Test
	void oneMailGathersWhatHappened() throws Exception {
		raise("critical", "MailCritical", "host-3");
		raise("warning", "MailWarning", "host-4");
		MimeMessage digest = Awaitility.await()
			.atMost(SOON)
			.until(() -> Stream.of(mail.getReceivedMessages())
				.filter((message) -> part(message, 0).contains("MailCritical")
						&& part(message, 0).contains("MailWarning"))
				.findFirst()
				.orElse(null), (found) -> found != null);
		assertThat(digest.getSubject()).startsWith("[심각] 모니터링 요약: 발생 ");
		assertThat(digest.getAllRecipients()).singleElement().hasToString("ops@example.com");
		assertThat(digest.getFrom()[0]).hasToString("monitoring@example.com");
		assertThat(part(digest, 0)).contains("발생 중\n", """
				- [심각] host-3 실패 <요약> & "따옴표" (시작 01-02 12:04 KST)
				  런북: docs/runbooks/MailCritical.md
				""", "- [경고] host-4 실패", "전체 알림: http://alerts.example.com/#/alerts?receiver=mail");
		assertThat(part(digest, 1)).startsWith("<!DOCTYPE html>")
			.contains("<strong>[심각] host-3 실패 &lt;요약&gt; &amp; &#34;따옴표&#34;</strong>", "#D32F2F",
					"<a href=\"http://prometheus.example.com/graph\">쿼리</a>");
	}

	@Test
	void neitherTheHeartbeatNorASelftestIsTold() throws Exception {
		post(labels("none", "Watchdog", "host-5"), "2099-01-01T00:00:00Z");
		Map<String, String> selftest = labels("critical", "NobodyTold", "host-5");
		selftest.put("selftest", "true");
		post(selftest, "2099-01-01T00:00:00Z");
		raise("critical", "ToldAfterwards", "host-5");
		await("/v2/enqueue", "ToldAfterwards");
		await("/slack/S3CR3T-slack", "ToldAfterwards");
		assertThat(received).noneMatch((one) -> one.body().contains("Watchdog") || one.body().contains("NobodyTold"));
	}

	@Test
	void aRouteOfOnesOwnIsUsedAndABrokenOneIsLeftOutWithItsReason() throws Exception {
		Map<String, String> labels = labels("critical", "OfTheTeam", "host-6");
		labels.put("team", "a");
		post(labels, "2099-01-01T00:00:00Z");
		await("/team", "OfTheTeam");
		String log = docker.run("logs", container).output();
		assertThat(log).contains("with routes/slack.yml", "with routes/mail.yml", "with routes/pager.yml",
				"with local/routes/team.yml", "LEFT OUT local/routes/broken.yml", "nobody");
	}

	@Test
	void noSecretStandsInItsLogOrConfiguration() throws Exception {
		raise("critical", "ForTheLog", "host-7");
		await("/slack/S3CR3T-slack", "ForTheLog");
		assertThat(docker.run("logs", container).output()).doesNotContain("S3CR3T");
		assertThat(send("GET", "/api/v2/status", "").body()).contains("slack_configs").doesNotContain("S3CR3T");
	}

	private static JsonNode await(String path, String text) {
		return Awaitility.await("%s told of %s".formatted(path, text))
			.atMost(SOON)
			.until(() -> received.stream()
				.filter((one) -> one.path().equals(path) && one.body().contains(text))
				.findFirst()
				.map((one) -> json.readTree(one.body()))
				.orElse(null), (found) -> found != null);
	}

	private static String part(MimeMessage message, int number) {
		try {
			return ((Multipart) message.getContent()).getBodyPart(number).getContent().toString().replace("\r\n", "\n");
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private static void raise(String severity, String name, String instance) throws Exception {
		post(labels(severity, name, instance), "2099-01-01T00:00:00Z");
	}

	private static void end(String severity, String name, String instance) throws Exception {
		post(labels(severity, name, instance), java.time.Instant.now().toString());
	}

	private static Map<String, String> labels(String severity, String name, String instance) {
		return new LinkedHashMap<>(
				Map.of("alertname", name, "severity", severity, "job", "nightly", "instance", instance));
	}

	private static void post(Map<String, String> labels, String end) throws Exception {
		String name = labels.get("alertname");
		Map<String, Object> alert = Map.of("labels", labels, "annotations",
				Map.of("summary", "failed.", "summary_ko", labels.get("instance") + " 실패 <요약> & \"따옴표\"",
						"description_ko", "야간 작업이 실패했습니다.", "value", "7", "runbook_url",
						"docs/runbooks/%s.md".formatted(name)),
				"startsAt", "2026-01-02T03:04:05Z", "endsAt", end, "generatorURL",
				"http://prometheus.example.com/graph");
		assertThat(send("POST", "/api/v2/alerts", json.writeValueAsString(List.of(alert))).statusCode()).isEqualTo(200);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static HttpResponse<String> send(String method, String path, String body)
			throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(alertmanager.resolve(path))
			.timeout(Duration.ofSeconds(5))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * What a stand-in was told.
	 *
	 * @param path where it was called
	 * @param body what was said
	 */
	private record Received(String path, String body) {

	}

}
