package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole service against a Dooray that behaves in every way it can. After each case
 * the log and the answers are searched for secrets.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "webhook.bearer-token=" + WebhookServiceTests.BEARER, "dooray.min-interval=60ms",
				"dooray.read-timeout=1500ms", "DOORAY_DUPLICATE_WINDOW=0", "dooray.breaker-failures=100",
				"dooray.storm-quiet=1h", "logging.level.io.monitoringstack=debug",
				"logging.level.org.springframework.web=debug", "ALERTMANAGER_EXTERNAL_URL=" })
class WebhookServiceTests {

	static final String BEARER = "S3CR3T-bearer";

	private static final String CRITICAL = "/services/1/2/S3CR3T-critical";

	private static final String WARNING = "/services/1/3/S3CR3T-warning";

	private static final String NEW = "/services/1/4/S3CR3T-new";

	private static final String OLD = "/services/1/4/S3CR3T-old";

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final String FIRING = """
			{"version":"4","groupKey":"{}:{}","receiver":"%s","status":"firing","alerts":[{"status":"firing",
			"labels":{"alertname":"NodeDown","severity":"critical","instance":"web-01:9100"},
			"annotations":{"summary":"web-01 is down"},"startsAt":"2026-11-21T11:00:00Z"}]}""";

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void hooks(DynamicPropertyRegistry registry) {
		registry.add("DOORAY_HOOK_URL_CRITICAL", () -> dooray.hook(CRITICAL));
		registry.add("DOORAY_HOOK_URL_WARNING", () -> dooray.hook(WARNING));
		registry.add("DOORAY_HOOK_URL_WEB", () -> dooray.hook(NEW) + "\n" + dooray.hook(OLD));
		registry.add("dooray.allowed-hosts", dooray::host);
	}

	@AfterAll
	static void close() {
		dooray.close();
	}

	@AfterEach
	void leaksNoSecret(CapturedOutput output) throws Exception {
		dooray.reset();
		assertThat(output.getAll()).doesNotContain("S3CR3T");
		for (String page : List.of("/actuator/prometheus", "/actuator/health", "/actuator/info", "/actuator")) {
			assertThat(get(page).body()).doesNotContain("S3CR3T");
		}
	}

	static Stream<Arguments> answers() {
		FakeDooray.Answer ok = FakeDooray.status(200, FakeDooray.SUCCESS);
		return Stream.of(Arguments.arguments("success", 200, 1, new FakeDooray.Answer[] { ok }),
				Arguments.arguments("an empty body", 200, 1, new FakeDooray.Answer[] { FakeDooray.status(200, "") }),
				Arguments.arguments("HTML", 200, 1,
						new FakeDooray.Answer[] { FakeDooray.status(200, "<html>ok</html>") }),
				Arguments.arguments("201", 200, 1, new FakeDooray.Answer[] { FakeDooray.status(201, "created") }),
				Arguments.arguments("a body that drips", 200, 1, new FakeDooray.Answer[] { FakeDooray.drip() }),
				Arguments.arguments("500 once", 200, 2, new FakeDooray.Answer[] { FakeDooray.status(500, "oops"), ok }),
				Arguments.arguments("500 twice", 503, 2,
						new FakeDooray.Answer[] { FakeDooray.status(500, ""), FakeDooray.status(500, "") }),
				Arguments.arguments("429 once", 200, 2, new FakeDooray.Answer[] { FakeDooray.status(429, ""), ok }),
				Arguments.arguments("429 and a short rest", 200, 2,
						new FakeDooray.Answer[] { FakeDooray.status(429, "", "Retry-After", "1"), ok }),
				Arguments.arguments("429 twice", 503, 2,
						new FakeDooray.Answer[] { FakeDooray.status(429, ""), FakeDooray.status(429, "") }),
				Arguments.arguments("a refusal for being too fast", 200, 2,
						new FakeDooray.Answer[] { FakeDooray.refusal(429), ok }),
				Arguments.arguments("a refusal for its own failure", 503, 2,
						new FakeDooray.Answer[] { FakeDooray.refusal(500), FakeDooray.refusal(500) }),
				Arguments.arguments("a refusal of the full message", 200, 2,
						new FakeDooray.Answer[] { FakeDooray.refusal(-10), ok }),
				Arguments.arguments("a refusal of both forms", 502, 2,
						new FakeDooray.Answer[] { FakeDooray.refusal(-10), FakeDooray.refusal(-10) }),
				Arguments.arguments("400 for both forms", 502, 2,
						new FakeDooray.Answer[] { FakeDooray.status(400, "bad"), FakeDooray.status(400, "bad") }),
				Arguments.arguments("no answer", 503, 1, new FakeDooray.Answer[] { FakeDooray.hang() }),
				Arguments.arguments("a connection that breaks off", 503, 1,
						new FakeDooray.Answer[] { FakeDooray.breakOff() }));
	}

	@ParameterizedTest(name = "{0}: answers {1}")
	@MethodSource("answers")
	void answersByWhatDoorayAnswers(String name, int expected, int posts, FakeDooray.Answer[] answers)
			throws Exception {
		dooray.answer(CRITICAL, answers);
		HttpResponse<String> response = post("/webhook/critical", FIRING.formatted("ops"));
		assertThat(response.statusCode()).isEqualTo(expected);
		assertThat(response.body()).doesNotContain("S3CR3T", "127.0.0.1");
		assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(expected == 503);
		assertThat(dooray.posts()).hasSize(posts).allMatch((post) -> post.path().equals(CRITICAL));
		assertThat(get("/actuator/health").body()).contains("UP");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 401, 403, 404, 410 })
	void aBrokenHookIsReplacedByAnotherOneWithABanner(int status) throws Exception {
		dooray.answer(CRITICAL, FakeDooray.status(status, "gone", "Location", dooray.hook("/elsewhere")));
		assertThat(post("/webhook/critical", FIRING.formatted("ops")).body())
			.isEqualTo("{\"channel\":\"warning\",\"alerts\":1,\"cut\":0}");
		assertThat(dooray.posts()).extracting(FakeDooray.Post::path).containsExactly(CRITICAL, WARNING);
		assertThat(dooray.posts().get(1).body()).contains("※ 대체 채널: critical");
		assertThat(metrics()).contains("dooray_hook_broken{channel=\"critical\"} 1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 404, 410 })
	void theOldHookServesWhileDoorayRefusesTheNewOne(int status, CapturedOutput output) throws Exception {
		dooray.rule(NEW, (message) -> FakeDooray.status(status, "no", "Location", dooray.hook("/S3CR3T-elsewhere")));
		assertThat(post("/webhook/web", FIRING.formatted("ops")).body())
			.isEqualTo("{\"channel\":\"web\",\"alerts\":1,\"cut\":0}");
		assertThat(dooray.posts()).extracting(FakeDooray.Post::path).startsWith(NEW).endsWith(OLD);
		assertThat(dooray.posts().get(dooray.posts().size() - 1).body()).doesNotContain("대체 채널");
		assertThat(output.getAll()).contains("Rotation is pending: Dooray refuses the new hook of channel web");
		assertThat(metrics()).contains("dooray_hook_rotation_pending{channel=\"web\"} 1.0",
				"dooray_hook_rotation_pending{channel=\"critical\"} 0.0", "dooray_hook_broken{channel=\"web\"} 0.0");
		dooray.reset();
		post("/webhook/web", FIRING.formatted("ops"));
		assertThat(dooray.posts()).extracting(FakeDooray.Post::path).containsExactly(NEW);
		assertThat(output.getAll()).contains("Rotation is done");
		assertThat(metrics()).contains("dooray_hook_rotation_pending{channel=\"web\"} 0.0");
	}

	@Test
	void theOldHookIsLeftAloneWhenTheNewOneOnlyFailsForNow() throws Exception {
		dooray.rule(NEW, (message) -> FakeDooray.status(500, ""));
		assertThat(post("/webhook/web", FIRING.formatted("ops")).statusCode()).isEqualTo(503);
		assertThat(dooray.posts()).extracting(FakeDooray.Post::path).containsOnly(NEW);
	}

	@Test
	void anotherChannelStandsInWhenBothHooksOfARotationAreRefused() throws Exception {
		dooray.rule(NEW, (message) -> FakeDooray.status(404, ""));
		dooray.rule(OLD, (message) -> FakeDooray.status(404, ""));
		assertThat(post("/webhook/web", FIRING.formatted("ops")).body()).contains("\"channel\":\"critical\"");
		assertThat(dooray.posts()).extracting(FakeDooray.Post::path).containsExactly(NEW, OLD, CRITICAL);
	}

	@Test
	void aTestTellsOfTheNewHookAlone() throws Exception {
		dooray.answer(NEW, FakeDooray.status(404, ""));
		assertThat(post("/test/web", "").statusCode()).isEqualTo(502);
		assertThat(dooray.posts()).extracting(FakeDooray.Post::path).containsExactly(NEW);
	}

	@Test
	void answers502WhenAllHooksAreBroken() throws Exception {
		dooray.answer(CRITICAL, FakeDooray.refusal(404));
		dooray.answer(WARNING, FakeDooray.status(302, "", "Location", dooray.hook("/elsewhere")));
		HttpResponse<String> response = post("/webhook/critical", FIRING.formatted("ops"));
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("urn:dooray-adapter:redirect");
		assertThat(dooray.posts()).noneMatch((post) -> post.path().equals("/elsewhere"));
	}

	@Test
	void passesALongRestOnAndDoesNotTryBeforeItIsOver() throws Exception {
		dooray.answer(WARNING, FakeDooray.status(429, "", "Retry-After", "3"));
		String body = FIRING.formatted("ops");
		assertThat(post("/webhook/warning", body).statusCode()).isEqualTo(200);
		assertThat(dooray.posts()).hasSize(2);
		assertThat(dooray.posts().get(1).nanoTime() - dooray.posts().get(0).nanoTime())
			.isGreaterThanOrEqualTo(Duration.ofMillis(2900).toNanos());
	}

	@Test
	void answersWithinTenSecondsThoughManyWaitForAHangingHook() {
		dooray.answer(CRITICAL,
				IntStream.range(0, 20).mapToObj((i) -> FakeDooray.hang()).toArray(FakeDooray.Answer[]::new));
		long start = System.nanoTime();
		List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 12)
			.mapToObj((i) -> client.sendAsync(request("/webhook", FIRING.formatted("critical")),
					HttpResponse.BodyHandlers.ofString()))
			.toList();
		calls.forEach((call) -> assertThat(call.join().statusCode()).isEqualTo(503));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                              | empty       | body is empty
			hello https://hook.dooray.com/services/1/2/S3CR3T-in-body | notJson | not valid JSON
			{"version":"4","alerts":[{"status":"firing"}    | notJson     | not valid JSON
			[{"labels":{"alertname":"A"}}]                  | rawAlerts   | Point Prometheus at Alertmanager
			{}                                              | notAWebhook | none of the fields
			{"status":"UP"}                                 | notAWebhook | none of the fields
			"text"                                          | notAWebhook | none of the fields
			""")
	void explainsWhatCanNeverBeRead(String body, String type, String explanation) throws Exception {
		HttpResponse<String> response = post("/webhook", body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("urn:dooray-adapter:" + type).contains(explanation);
		assertThat(dooray.posts()).isEmpty();
		assertThat(metrics()).containsPattern("dooray_webhooks_rejected_total\\{reason=\"" + type + "\"} [1-9]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webhook", "/webhook/", "/webhook/critical", "/webhook/critical/", "/webhook/CRITICAL" })
	void toleratesASlashAtTheEnd(String path) throws Exception {
		assertThat(post(path, FIRING.formatted("ops")).body())
			.isEqualTo("{\"channel\":\"critical\",\"alerts\":1,\"cut\":0}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "application/json; charset=UTF-8" })
	void doesNotMindTheContentType(String type) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("/webhook"))
			.header("Authorization", "Bearer " + BEARER)
			.header("Content-Type", type)
			.header("Accept", "text/plain")
			.POST(HttpRequest.BodyPublishers.ofString(FIRING.formatted("ops")))
			.build();
		assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
	}

	@Test
	void tellsOfAChannelThatDoesNotExist() throws Exception {
		assertThat(post("/webhook/no-such-channel", FIRING.formatted("ops")).statusCode()).isEqualTo(200);
		assertThat(dooray.posts()).hasSize(1);
		assertThat(dooray.posts().get(0).path()).isEqualTo(CRITICAL);
		assertThat(dooray.posts().get(0).body()).contains("no-such-channel 채널이 설정되어 있지 않아");
		assertThat(metrics()).containsPattern("dooray_fallback_used_total\\{kind=\"unknownChannel\"} [1-9]");
	}

	@Test
	void letsInWhoeverKnowsTheToken() throws Exception {
		String body = FIRING.formatted("ops");
		assertThat(call("Bearer " + BEARER, body)).isEqualTo(200);
		assertThat(call("bearer   " + BEARER, body)).isEqualTo(200);
		assertThat(call("Basic " + base64("anyone:" + BEARER), body)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer wrong", "Basic", "Basic !!!", "Digest x", "S3CR3T-bearer" })
	void turnsAwayWhoeverDoesNot(String authorization) throws Exception {
		assertThat(call(authorization, FIRING.formatted("ops"))).isEqualTo(401);
		assertThat(call("Basic " + base64(BEARER + ":wrong"), FIRING.formatted("ops"))).isEqualTo(401);
		assertThat(dooray.posts()).isEmpty();
	}

	@Test
	void theLedgerTellsWhatBecameOfADelivery() throws Exception {
		dooray.answer(CRITICAL, FakeDooray.status(404, "gone"));
		post("/webhook", FIRING.formatted("critical"));
		String deliveries = getWithToken("/api/deliveries?limit=2").body();
		assertThat(deliveries).containsPattern("^\\[\\{\"id\":\\d+,\"time\":\"20[^\"]+Z\",\"kind\":\"alerts\","
				+ "\"channel\":\"critical\",\"servedBy\":\"warning\",\"group\":\"cc9772a1\",\"firing\":1,\"resolved\":0,"
				+ "\"outcome\":\"accepted\",\"attempts\":1,\"latencyMillis\":\\d+},\\{");
		assertThat(deliveries).contains("\"servedBy\":\"critical\"",
				"\"outcome\":\"failed\",\"reason\":\"authError\",\"attempts\":1");
		assertThat(deliveries).doesNotContain("S3CR3T", "NodeDown", "web-01", "127.0.0.1");
		String channels = getWithToken("/api/channels").body();
		assertThat(channels).containsPattern("\"name\":\"critical\",\"servedBy\":\"critical\",\"role\":\"regular\","
				+ "\"state\":\"failing\"[^}]*\"lastFailureReason\":\"authError\"}");
		assertThat(channels).contains("\"name\":\"default\",\"servedBy\":\"critical\",\"role\":\"substitute\"");
		assertThat(channels).doesNotContain("S3CR3T", "127.0.0.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/deliveries", "/api/channels", "/actuator/../api/deliveries",
			"/actuator/..;/api/deliveries", "/actuator%2f..%2fapi/deliveries", "//api/deliveries",
			"/api;x/deliveries" })
	void theLedgerIsForWhoeverKnowsTheToken(String path) throws Exception {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
		assertThat(response.body()).doesNotContain("servedBy");
	}

	@Test
	void aPreviewIsByteForByteWhatDoorayWouldGet() throws Exception {
		String body = FIRING.formatted("ops");
		HttpResponse<String> preview = post("/preview", body);
		assertThat(preview.statusCode()).isEqualTo(200);
		assertThat(dooray.posts()).isEmpty();
		post("/webhook", body);
		String posted = dooray.posts().get(0).body();
		// Minutes may pass between the two.
		String minutes = "\\d+(일|시간|분)";
		assertThat(preview.body().replaceAll(minutes, "")).isEqualTo(
				("{\"channel\":\"critical\",\"reason\":\"severity\",\"why\":\"It is the channel for the highest severity "
						+ "among the alerts.\",\"servedBy\":\"critical\",\"role\":\"regular\",\"alerts\":1,\"cut\":0,"
						+ "\"messages\":[" + posted + "]}")
					.replaceAll(minutes, ""));
	}

	@ParameterizedTest
	@CsvSource({ "/preview/warning, path, warning", "/preview/no-such, unknown-channel, critical",
			"/preview/default, path, default" })
	void aPreviewTakesTheChannelOfTheWebhookAndTellsWhy(String path, String reason, String channel) throws Exception {
		HttpResponse<String> preview = post(path, FIRING.formatted("ops"));
		assertThat(preview.body()).contains("\"channel\":\"" + channel + "\",\"reason\":\"" + reason + "\"");
		assertThat(preview.body()).doesNotContain("S3CR3T", "127.0.0.1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                            | empty
			nonsense                      | notJson
			[{"labels":{"alertname":"A"}}]| rawAlerts
			{"status":"UP"}               | notAWebhook
			""")
	void aPreviewRefusesWhatTheWebhookRefuses(String body, String type) throws Exception {
		HttpResponse<String> preview = post("/preview/critical", body);
		assertThat(preview.statusCode()).isEqualTo(400);
		assertThat(preview.body()).contains("urn:dooray-adapter:" + type);
	}

	@Test
	void aTestReachesItsChannelOnceInTenSeconds() throws Exception {
		HttpResponse<String> first = post("/test/warning", "");
		assertThat(first.body()).contains("\"channel\":\"warning\",\"servedBy\":\"warning\",\"latencyMillis\":");
		assertThat(dooray.posts()).singleElement().satisfies((post) -> {
			assertThat(post.path()).isEqualTo(WARNING);
			assertThat(post.body()).contains("[시험] TEST 메시지 | warning 채널");
		});
		HttpResponse<String> second = post("/test/warning/", "");
		assertThat(second.statusCode()).isEqualTo(429);
		assertThat(second.headers().firstValue("Retry-After"))
			.hasValueSatisfying((seconds) -> assertThat(Integer.parseInt(seconds)).isBetween(1, 10));
		assertThat(dooray.posts()).hasSize(1);
		assertThat(getWithToken("/api/deliveries?limit=1").body()).contains("\"kind\":\"test\"");
	}

	@Test
	void aTestThatDoorayRefusesIsAnsweredAsAWebhook() throws Exception {
		dooray.answer(CRITICAL, FakeDooray.status(404, "gone"));
		HttpResponse<String> response = post("/test/critical", "");
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("urn:dooray-adapter:authError").doesNotContain("S3CR3T");
		assertThat(dooray.posts()).hasSize(1);
	}

	@Test
	void aTestOfNoChannelNamesThoseThatThereAre() throws Exception {
		HttpResponse<String> response = post("/test/nowhere", "");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).contains("critical, default, warning");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site" })
	void noForeignPageMakesABrowserSendATest(String site) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("/test/default"))
			.header("Authorization", "Bearer " + BEARER)
			.header("Sec-Fetch-Site", site)
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
		assertThat(dooray.posts()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/preview", "/preview/critical", "/test/critical", "/", "/page/js/app.js" })
	void nothingIsPostedWithoutTheToken(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(path))
			.POST(HttpRequest.BodyPublishers.ofString(FIRING.formatted("ops")))
			.build();
		assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /", "HEAD /", "GET /page/js/app.js", "GET /page/i18n/ko.json", "GET /index.html",
			"GET /nowhere", "GET /error", "GET /api/deliveries", "GET /api/deliveries?limit=none", "GET /api/channels",
			"DELETE /api/channels", "POST /preview", "POST /preview/critical", "POST /preview/no-channel",
			"POST /test/default", "POST /test/no-channel", "PUT /webhook", "GET /actuator", "GET /actuator/env",
			"GET /actuator/configprops", "GET /actuator/beans", "GET /actuator/heapdump", "GET /actuator/loggers",
			"GET /actuator/metrics", "GET /actuator/health/readiness", "GET /actuator/info",
			"GET /actuator/prometheus" })
	void noEndpointTellsASecret(String request) throws Exception {
		dooray.answer(CRITICAL, FakeDooray.status(302, "S3CR3T-body", "Location", dooray.hook("/S3CR3T-location")));
		post("/webhook/critical", FIRING.formatted("ops"));
		String method = request.substring(0, request.indexOf(' '));
		String body = FIRING.formatted("ops")
			.replace("web-01 is down",
					"see " + dooray.hook(CRITICAL) + " and https://hook.dooray.com/services/1/2/S3CR3T-text");
		for (String authorization : List.of("Bearer " + BEARER, "Bearer S3CR3T-guess", "none")) {
			HttpRequest call = HttpRequest.newBuilder(uri(request.substring(method.length() + 1)))
				.header("Authorization", authorization)
				.method(method, HttpRequest.BodyPublishers.ofString(method.equals("POST") ? body : ""))
				.build();
			HttpResponse<String> response = client.send(call, HttpResponse.BodyHandlers.ofString());
			assertThat(response.headers().map() + response.body()).as(authorization).doesNotContain("S3CR3T");
		}
	}

	@Test
	void thePageIsOpenAndRunsItsOwnScriptsOnly() throws Exception {
		for (String path : List.of("/", "/page/js/app.js", "/page/style.css", "/page/samples/critical.json")) {
			HttpResponse<String> file = get(path);
			assertThat(file.statusCode()).as(path).isEqualTo(200);
			assertThat(file.headers().firstValue("Content-Security-Policy"))
				.hasValueSatisfying((policy) -> assertThat(policy)
					.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'")
					.doesNotContain("unsafe", "http", "*"));
			assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "critical", "several", "mixed", "resolved", "repeat", "storm", "batch-job", "no-severity",
			"grafana" })
	void everySampleOfThePageBecomesAMessage(String sample) throws Exception {
		String body = get("/page/samples/" + sample + ".json").body().replaceAll("\\{-\\d+m}", "2026-11-21T11:00:00Z");
		HttpResponse<String> preview = post("/preview", body);
		assertThat(preview.statusCode()).isEqualTo(200);
		assertThat(preview.body()).contains("\"attachments\":[{\"title\":");
	}

	@Test
	void hidesPersonalDataInWhatIsSent() throws Exception {
		post("/webhook/critical",
				FIRING.formatted("ops").replace("web-01 is down", "고객 900101-1234567, 010-1234-5678"));
		assertThat(dooray.posts().get(0).body()).contains("고객 ******-*******, 010-1234-5678").doesNotContain("900101");
		assertThat(metrics()).containsPattern("dooray_personal_data_masked_total\\{kind=\"rrn\"} [1-9]")
			.contains("dooray_personal_data_masked_total{kind=\"email\"} 0.0");
	}

	@Test
	void everyMetricARuleMayRestOnIsThereFromTheStart() throws Exception {
		assertThat(metrics()).contains(
				"dooray_deliveries_seconds_count{channel=\"warning\",outcome=\"failed\",reason=\"authError\"}",
				"dooray_deliveries_seconds_count{channel=\"critical\",outcome=\"accepted\",reason=\"none\"}",
				"dooray_webhooks_received_total{receiver=\"warning\",status=\"resolved\"}",
				"dooray_webhooks_rejected_total{reason=\"unauthorized\"}",
				"dooray_alerts_cut_total{by=\"alertmanager\"}", "dooray_alerts_unknown_severity_total",
				"dooray_fallback_used_total{kind=\"substitute\"}", "dooray_last_success_timestamp_seconds{channel=",
				"dooray_hook_broken{channel=\"warning\"}", "dooray_hook_wait_seconds_count{channel=\"critical\"}");
	}

	@Test
	void aBodyOfTenMegabytesBecomesOneMessage() throws Exception {
		String alert = """
				{"status":"firing","labels":{"alertname":"NodeDown","severity":"%s","instance":"host-%d:9100"},
				"annotations":{"summary":"host %d is down","description":"%s"},"startsAt":"2026-11-21T11:00:00Z"}""";
		String filler = "설명 ".repeat(120);
		String alerts = IntStream.range(0, 10_000)
			.mapToObj((i) -> alert.formatted((i == 9_876) ? "critical" : "warning", i, i, filler))
			.reduce(new StringBuilder(), (all, one) -> all.append(all.isEmpty() ? "" : ",").append(one), (a, b) -> a)
			.toString();
		HttpResponse<String> response = post("/webhook",
				"{\"receiver\":\"ops\",\"groupKey\":\"k\",\"alerts\":[" + alerts + "]}");
		assertThat(response.body()).contains("\"alerts\":10000");
		assertThat(dooray.posts()).hasSize(1);
		assertThat(dooray.posts().get(0).body()).contains("[심각] 발생 10,000 | NodeDown | host-9876 외 999");
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes());
	}

	private int call(String authorization, String body) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri("/webhook"))
			.POST(HttpRequest.BodyPublishers.ofString(body));
		if (!authorization.isEmpty()) {
			request.header("Authorization", authorization);
		}
		HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.headers().allValues("WWW-Authenticate").isEmpty()).isEqualTo(response.statusCode() != 401);
		return response.statusCode();
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path, String body) {
		return HttpRequest.newBuilder(uri(path))
			.header("Authorization", "Bearer " + BEARER)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

	private HttpResponse<String> get(String path) throws Exception {
		return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> getWithToken(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + BEARER).build();
		return client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private String metrics() throws Exception {
		return get("/actuator/prometheus").body();
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
