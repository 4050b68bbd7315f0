package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many groups at once for one hook, which takes one message at a time. Each test has a
 * hook of its own.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "dooray.min-interval=50ms", "dooray.read-timeout=4s", "dooray.storm-quiet=1500ms",
				"dooray.breaker-pause=2s", "dooray.breaker-failures=3", "dooray.outage-after=300ms" })
class PackingServiceTests {

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final List<String> CHANNELS = List.of("packed", "plain", "alone", "breaker", "storm", "crowd",
			"digest", "broken");

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void hooks(DynamicPropertyRegistry registry) {
		CHANNELS.forEach((channel) -> registry.add("DOORAY_HOOK_URL_" + channel.toUpperCase(),
				() -> dooray.hook("/services/1/2/" + channel)));
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
	void groupsThatWaitLeaveInOneMessageAndEachIsAnswered() {
		List<HttpResponse<String>> answers = sendBehindASlowOne("packed", "info", "warning", "critical", "warning");
		assertThat(answers).allMatch((answer) -> answer.statusCode() == 200);
		assertThat(posts("packed")).hasSize(2);
		String packed = posts("packed").get(1);
		assertThat(packed).contains("[심각] 그룹 4개 · 심각 1 · 경고 2 · 정보 1 | Name2 외 3종");
		assertThat(packed.indexOf("Name2")).isLessThan(packed.indexOf("Name0"));
		assertThat(metrics()).contains("dooray_message_groups_sum{channel=\"packed\"} 5.0",
				"dooray_message_groups_max{channel=\"packed\"} 4.0", "dooray_queue_depth{channel=\"packed\"} 0.0",
				"dooray_queue_bytes 0.0");
	}

	@Test
	void aRefusedPackIsToldWithoutAttachments() {
		dooray.answer("/services/1/2/plain", slow(1200), FakeDooray.status(400, "too much"));
		List<HttpResponse<String>> answers = sendBehindASlowOne("plain", "warning", "warning", "warning");
		assertThat(answers).allMatch((answer) -> answer.statusCode() == 200);
		assertThat(posts("plain")).hasSize(3);
		assertThat(posts("plain").get(2)).contains("그룹 3개", "Name0", "Name1", "Name2").doesNotContain("attachments");
	}

	@Test
	void oneGroupThatDoorayRefusesDoesNotTakeTheOthersAlong() {
		dooray.rule("/services/1/2/alone",
				(body) -> body.contains("Name1") ? FakeDooray.status(400, "") : FakeDooray.status(200, ""));
		dooray.answer("/services/1/2/alone", slow(1200));
		List<HttpResponse<String>> answers = sendBehindASlowOne("alone", "warning", "warning", "warning");
		assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 200, 502, 200);
		assertThat(posts("alone").stream().filter((post) -> post.contains("Name0") && !post.contains("Name1")))
			.hasSize(1);
	}

	@Test
	void anUnknownOutcomeIsNotSentAgainByItselfAndTheRetryIsMarked() {
		dooray.answer("/services/1/2/broken", slow(1200), FakeDooray.breakOff());
		List<HttpResponse<String>> answers = sendBehindASlowOne("broken", "warning", "warning");
		assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 503, 503);
		assertThat(posts("broken")).hasSize(2);
		assertThat(send("broken", body("0", "warning")).join().statusCode()).isEqualTo(200);
		assertThat(posts("broken").get(2)).contains("(재전송) [경고]");
	}

	@Test
	void aDoorayThatIsDownIsLeftAloneAndItsReturnTellsWhatWasMissed() {
		dooray.rule("/services/1/2/breaker", (body) -> FakeDooray.status(503, ""));
		assertThat(send("breaker", body("gone", "critical")).join().body()).contains("serverError");
		assertThat(send("breaker", body("stays", "critical")).join().statusCode()).isEqualTo(503);
		int before = posts("breaker").size();
		HttpResponse<String> refused = send("breaker", body("stays", "critical")).join();
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("circuitOpen");
		assertThat(posts("breaker")).hasSize(before);
		assertThat(metrics()).contains("dooray_breaker_state{channel=\"breaker\"} 2.0");
		dooray.reset();
		Awaitility.await()
			.pollInterval(java.time.Duration.ofMillis(100))
			.until(() -> send("breaker", body("stays", "critical")).join().statusCode() == 200);
		assertThat(posts("breaker")).singleElement()
			.asString()
			.contains("[심각] 발생 1 | Namestays", "※ 장애 동안 미전달 1건(", "): Namegone. 아직 발생 중인 것은 다시 옵니다.");
		assertThat(metrics()).contains("dooray_breaker_state{channel=\"breaker\"} 0.0");
		send("breaker", body("later", "critical")).join();
		assertThat(posts("breaker").get(1)).doesNotContain("미전달");
	}

	@Test
	void aStormBecomesOneDigestAndItsEndIsTold() {
		dooray.answer("/services/1/2/storm", slow(2500));
		List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
		calls.add(send("storm", body("first", "warning")));
		Awaitility.await().until(() -> !posts("storm").isEmpty());
		IntStream.range(0, 60)
			.forEach((i) -> calls.add(send("storm", body(String.valueOf(i), (i == 59) ? "critical" : "warning"))));
		calls.forEach((call) -> assertThat(call.join().statusCode()).isEqualTo(200));
		assertThat(posts("storm")).hasSize(2);
		assertThat(posts("storm").get(1)).contains("[알림 폭주] [심각] 그룹 60개 · 심각 1 · 경고 59 | Name59 외 59종", "※ 알림 폭주 모드 시작",
				"이름별", "대상별", "외 그룹 ");
		Awaitility.await().until(() -> posts("storm").size() == 3);
		assertThat(posts("storm").get(2)).contains("※ 알림 폭주 모드 해제: ", "그룹 60개를 메시지 1건으로");
	}

	@Test
	void tenThousandAlertsOfOneGroupBecomeOneDigest() {
		String alerts = IntStream.range(0, 10_000)
			.mapToObj((i) -> alert("Many" + i % 20, (i == 7_777) ? "critical" : "warning", "host-" + i))
			.reduce(new StringBuilder(), (all, one) -> all.append(all.isEmpty() ? "" : ",").append(one), (a, b) -> a)
			.toString();
		HttpResponse<String> answer = send("digest",
				"{\"receiver\":\"ops\",\"groupKey\":\"digest\",\"alerts\":[" + alerts + "]}")
			.join();
		assertThat(answer.body()).contains("\"alerts\":10000");
		assertThat(posts("digest").get(0)).contains("[심각] 발생 10,000 | Many17 외 19종 | host-7777 외 999", "※ 알림 폭주 모드 시작",
				"• Many1 500건");
		assertThat(posts("digest").get(0).length()).isLessThan(8192);
	}

	@Test
	void connectionsOfAStormTakeAQuarterOfASmallHeapAtMost(@Autowired ServletWebServerApplicationContext context) {
		TomcatWebServer server = (TomcatWebServer) context.getWebServer();
		AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) server.getTomcat()
			.getConnector()
			.getProtocolHandler();
		// Some 75 KB each, of 128 MB.
		assertThat(protocol.getMaxConnections() * 75).isBetween(1, 32 * 1024);
		assertThat(protocol.getMaxKeepAliveRequests()).as("kept ones would be in the way").isEqualTo(1);
	}

	@Test
	void aThousandGroupsAtOnceAreAllToldWithRetriesCriticalOnesFirst() throws Exception {
		int groups = 1000;
		dooray.answer("/services/1/2/crowd", slow(1000));
		Map<Integer, Integer> toldAt = new ConcurrentHashMap<>();
		AtomicInteger order = new AtomicInteger();
		ExecutorService alertmanager = Executors.newFixedThreadPool(120);
		CountDownLatch done = new CountDownLatch(groups);
		for (int i = 0; i < groups; i++) {
			int group = i;
			alertmanager.execute(() -> {
				String body = body("crowd" + group, (group % 10 == 0) ? "critical" : "warning");
				for (int attempt = 0; attempt < 30 && !toldAt.containsKey(group); attempt++) {
					if (send("crowd", body).join().statusCode() == 200) {
						toldAt.put(group, order.getAndIncrement());
					}
				}
				done.countDown();
			});
		}
		assertThat(done.await(25, TimeUnit.SECONDS)).isTrue();
		alertmanager.shutdownNow();
		assertThat(toldAt).hasSize(groups);
		int counted = posts("crowd").stream().mapToInt(PackingServiceTests::groups).sum();
		assertThat(counted).isEqualTo(groups);
		assertThat(posts("crowd").size()).isLessThan(groups / 4);
		Set<String> firstCards = new TreeSet<>();
		posts("crowd").stream()
			.filter((post) -> post.contains("알림 폭주]"))
			.forEach((post) -> firstCards.add(firstCard(post)));
		assertThat(firstCards).isNotEmpty().allMatch((card) -> card.startsWith("[심각]"));
	}

	// Returns the number of groups that a message tells of.
	private static int groups(String post) {
		if (post.contains("\"text\":\"※ 알림 폭주 모드 해제")) {
			return 0;
		}
		Matcher matcher = Pattern.compile("\"text\":\"(?:\\[알림 폭주] )?\\[[^]]+] 그룹 ([0-9,]+)개").matcher(post);
		return matcher.find() ? Integer.parseInt(matcher.group(1).replace(",", "")) : 1;
	}

	private static String firstCard(String post) {
		Matcher matcher = Pattern.compile("\"title\":\"(\\[[^]]+])").matcher(post);
		return matcher.find() ? matcher.group(1) : "";
	}

	// Sends one message that Dooray takes slowly, and the others while it does.
	private List<HttpResponse<String>> sendBehindASlowOne(String channel, String... severities) {
		if (!dooray.planned("/services/1/2/" + channel)) {
			dooray.answer("/services/1/2/" + channel, slow(1200));
		}
		List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
		calls.add(send(channel, body("before", "warning")));
		Awaitility.await().until(() -> !posts(channel).isEmpty());
		for (int i = 0; i < severities.length; i++) {
			calls.add(send(channel, body(String.valueOf(i), severities[i])));
		}
		return calls.stream().map(CompletableFuture::join).toList();
	}

	private static List<String> posts(String channel) {
		return dooray.posts()
			.stream()
			.filter((post) -> post.path().equals("/services/1/2/" + channel))
			.map(FakeDooray.Post::body)
			.toList();
	}

	private static String body(String name, String severity) {
		return "{\"receiver\":\"ops\",\"groupKey\":\"key-%s\",\"alerts\":[%s]}".formatted(name,
				alert("Name" + name, severity, "host-" + name));
	}

	private static String alert(String name, String severity, String host) {
		return """
				{"status":"firing","labels":{"alertname":"%s","severity":"%s","instance":"%s"},
				"startsAt":"2026-11-21T11:00:00Z"}""".formatted(name, severity, host);
	}

	private static FakeDooray.Answer slow(long millis) {
		return (exchange, closed) -> {
			closed.await(millis, TimeUnit.MILLISECONDS);
			exchange.sendResponseHeaders(200, -1);
		};
	}

	private CompletableFuture<HttpResponse<String>> send(String channel, String body) {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/webhook/" + channel))
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
