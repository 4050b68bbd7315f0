package io.monitoringstack.pushgatewayproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "push.check=upstream", "push.max-bytes=3MB",
				"push.max-in-flight-bytes=9MB", "push.max-series=100000", "pushgateway.response-timeout=2s",
				"pushgateway.queue-timeout=1s", "logging.level.push=debug" })
@ExtendWith(OutputCaptureExtension.class)
class PushgatewayProxyTests {

	private static final FakePushgateway upstream = FakePushgateway.start();

	private static final String BODY = "# TYPE a counter\na_total{x=\"1\"} 3\nb 4\n";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Value("${local.server.port}")
	private int port;

	@Value("${local.management.port}")
	private int managementPort;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("pushgateway.url", () -> "http://localhost:" + upstream.port());
	}

	@BeforeEach
	void forget() {
		upstream.forget();
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "POST" })
	void passesAPushOfCurlOnByteForByteAsAPost(String verb) throws IOException {
		RawHttp.Answer answer = push(verb, "/metrics/job/curl", "Content-Type: application/x-www-form-urlencoded\n",
				BODY);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(upstream.last().method()).isEqualTo("POST");
		assertThat(upstream.last().text()).isEqualTo(BODY);
		assertThat(upstream.last().headers()).containsEntry("Content-type",
				List.of("application/x-www-form-urlencoded"));
		assertThat(upstream.last().headers()).containsEntry("Content-length", List.of("" + BODY.length()));
		assertThat(upstream.last().headers()).doesNotContainKeys("Transfer-encoding", "Expect");
	}

	@Test
	void passesAChunkedPushWithoutTypeOnWithALength() throws IOException {
		try (RawHttp http = new RawHttp(this.port)) {
			http.send("PUT /metrics/job/js HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
			http.sendChunk(BODY.substring(0, 7).getBytes(StandardCharsets.UTF_8));
			http.sendChunk(BODY.substring(7).getBytes(StandardCharsets.UTF_8));
			http.send("0\r\n\r\n");
			assertThat(http.read().status()).isEqualTo(200);
		}
		assertThat(upstream.last().text()).isEqualTo(BODY);
		assertThat(upstream.last().headers()).containsEntry("Content-length", List.of("" + BODY.length()));
		assertThat(upstream.last().headers()).doesNotContainKeys("Transfer-encoding", "Content-type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "POST" })
	void asksForTwoMegabytesThatAreAnnouncedWithExpect(String verb) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; lines.length() < 2_000_000; i++) {
			lines.append("metric_name{label=\"").append(i).append("\"} 1\n");
		}
		byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
		try (RawHttp http = new RawHttp(this.port)) {
			http.send(verb + " /metrics/job/big HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length
					+ "\r\nExpect: 100-continue\r\n\r\n");
			assertThat(http.read(false).status()).isEqualTo(100);
			http.send(body);
			assertThat(http.read().status()).isEqualTo(200);
		}
		assertThat(upstream.last().body()).isEqualTo(body);
		assertThat(upstream.last().headers()).doesNotContainKey("Expect");
	}

	@Test
	void anEmptyPutRefreshesAndDoesNotWipe() throws IOException {
		assertThat(push("PUT", "/metrics/job/empty", "", "").status()).isEqualTo(200);
		assertThat(upstream.last().method()).isEqualTo("POST");
		assertThat(upstream.last().body()).isEmpty();
		assertThat(upstream.last().headers()).containsEntry("Content-length", List.of("0"));
	}

	@Test
	void passesDeletesOn() throws IOException {
		upstream.answer(202, "");
		for (String headers : new String[] { "", "Content-Length: 0\n",
				"Content-Type: text/plain\nContent-Length: 0\n" }) {
			RawHttp.Answer answer = RawHttp.exchange(this.port,
					"DELETE /metrics/job/x/l@base64/= HTTP/1.1\nHost: x\n" + headers);
			assertThat(answer.status()).isEqualTo(202);
			assertThat(upstream.last().method()).isEqualTo("DELETE");
			assertThat(upstream.last().path()).isEqualTo("/metrics/job/x/l@base64/=");
			assertThat(upstream.last().headers()).doesNotContainKey("Transfer-encoding");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/metrics/job/x/l@base64/=", "/metrics/job@base64/eA==",
			"/metrics/job/x/l%40base64/YQ%3D%3D", "/metrics/job/a+b", "/metrics/job/a%20b%2525", "/metrics/job/a%25b",
			"/metrics/job/%ED%95%9C%EA%B8%80", "/metrics/job/a;b,c=d", "/metrics/job/x/",
			"/metrics/job/x/p/%7Bid%7D%7C", "/metrics/job/x?a=b&c=%2F", "/metrics/job/x/p/a%5Cb",
			"/metrics/job/x/p/~!$&'()*:@" })
	void passesPathsOnByteForByte(String target) throws IOException {
		assertThat(push("PUT", target, "", BODY).status()).isEqualTo(200);
		FakePushgateway.Received last = upstream.last();
		assertThat(last.path() + ((last.query() != null) ? "?" + last.query() : "")).isEqualTo(target);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "/metrics/job/x/p/{a|b},/metrics/job/x/p/%7Ba%7Cb%7D",
			"/metrics/job/\u00eb\u00a9\u00ab,/metrics/job/%EB%A9%AB",
			"/metrics/job/x/p/a^\"b,/metrics/job/x/p/a%5E%22b", "/metrics/job/x/p/a%2Fb,/metrics/job/x/p@base64/YS9i",
			"http://other/metrics/job/x,/metrics/job/x" })
	void makesOddPathsMeanWhatTheyMeanToPushgateway(String target, String forwarded) throws IOException {
		assertThat(push("PUT", target, "", BODY).status()).isEqualTo(200);
		assertThat(upstream.last().path()).isEqualTo(forwarded);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "/metrics/job/x/l1//l2/v|@base64/=", "/metrics/job/x/a|odd number",
			"/metrics/job/a%zz|%25", "/metrics/job/x/a/..|relative path", "/metrics/job//x|@base64/=" })
	void refusesUnreadablePathsWithARemedy(String target, String text) throws IOException {
		RawHttp.Answer answer = push("PUT", target, "", BODY);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.headers().get("content-type")).startsWith("text/plain");
		assertThat(answer.body()).contains(text);
		assertThat(upstream.received()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PUT,/api/v1/admin/wipe", "POST,/api/v1/admin/wipe", "PUT,/-/quit", "POST,/-/quit", "GET,/-/quit",
			"GET,/debug/pprof/", "GET,/debug/pprof/cmdline", "PUT,//-/quit", "PUT,/./-/quit", "PUT,/%2d/quit",
			"PUT,/metrics/../-/quit", "PUT,/metrics/job/x/../../../-/quit", "PUT,/metrics/job/%2e%2e/%2e%2e/-/quit",
			"PUT,/metrics/job/..%2f..%2f-%2fquit/a", "PUT,/-%2Fquit", "GET,/static/../-/quit", "GET,/static/%2e%2e/x",
			"PUT,http://x/-/quit", "PUT,/metrics//job/x", "PATCH,/metrics/job/x", "GET,/metrics/job/x",
			"OPTIONS,/metrics/job/x", "TRACE,/metrics", "QUERY,/metrics/job/x", "POST,/metrics", "DELETE,/metrics",
			"GET,/actuator/health", "GET,/status", "GET,/favicon.ico", "PUT,/metrics/jobs/x", "OPTIONS,*" })
	void answersEverythingElseItselfWithoutARedirect(String verb, String target) throws IOException {
		RawHttp.Answer answer = push(verb, target, "", BODY);
		assertThat(answer.status()).isIn(400, 404, 405);
		assertThat(answer.headers().get("content-type")).startsWith("text/plain");
		assertThat(answer.body()).isNotBlank();
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void passesPagesOnAndAnswersHeadWithoutABody() throws IOException {
		upstream.answer(new FakePushgateway.Answer(200, "<html>page</html>", Map.of("Content-Type", "text/html"),
				Duration.ZERO));
		for (String path : new String[] { "/", "/metrics", "/api/v1/metrics", "/api/v1/status", "/-/healthy",
				"/static/bootstrap4/css/bootstrap.min.css" }) {
			RawHttp.Answer answer = RawHttp.exchange(this.port, "GET " + path + "?v=1 HTTP/1.1\nHost: x\n");
			assertThat(answer.status()).isEqualTo(200);
			if (path.equals("/")) {
				assertThat(answer.body()).startsWith("<html>page</html>").contains("<a href=\"pushers\">");
			}
			else {
				assertThat(answer.body()).isEqualTo("<html>page</html>");
			}
			assertThat(upstream.last().path()).isEqualTo(path);
			assertThat(upstream.last().query()).isEqualTo("v=1");
		}
		try (RawHttp http = new RawHttp(this.port)) {
			http.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
			RawHttp.Answer answer = http.read(false);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.headers()).containsEntry("content-type", "text/html");
			assertThat(http.isClosedByPeer()).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource({ "200,''", "202,''", "400,pushed metrics are invalid", "500,write queue is full",
			"404,page not found" })
	void handsStatusAndTextOfPushgatewayOn(int status, String text) throws IOException {
		upstream.answer(status, text);
		RawHttp.Answer answer = push("PUT", "/metrics/job/status" + status, "", BODY);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308 })
	void neverRedirects(int status) throws IOException {
		upstream.answer(new FakePushgateway.Answer(status, "moved", Map.of("Location", "/elsewhere"), Duration.ZERO));
		RawHttp.Answer push = push("PUT", "/metrics/job/x", "", BODY);
		RawHttp.Answer page = RawHttp.exchange(this.port, "GET /static/css HTTP/1.1\nHost: x\n");
		assertThat(List.of(push.status(), page.status())).containsOnly(404);
		assertThat(push.headers()).doesNotContainKey("location");
		assertThat(page.headers()).doesNotContainKey("location");
	}

	@Test
	void passesCompressedBodiesOnAsTheyAre() throws IOException {
		byte[] gzip = gzip(BODY.getBytes(StandardCharsets.UTF_8));
		RawHttp.Answer answer = push("PUT", "/metrics/job/gzip", "Content-Encoding: gzip\n", gzip);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(upstream.last().body()).isEqualTo(gzip);
		assertThat(upstream.last().headers()).containsEntry("Content-encoding", List.of("gzip"));
	}

	@Test
	void refusesWhatIsNotGzipWhatExplodesAndWhatIsUnknown() throws IOException {
		RawHttp.Answer broken = push("PUT", "/metrics/job/x", "Content-Encoding: gzip\n", BODY);
		assertThat(broken.status()).isEqualTo(400);
		assertThat(broken.body()).contains("not valid gzip");
		RawHttp.Answer bomb = push("PUT", "/metrics/job/x", "Content-Encoding: gzip\n", gzip(new byte[50_000_000]));
		assertThat(bomb.status()).isEqualTo(413);
		assertThat(bomb.body()).contains("3145728 bytes");
		RawHttp.Answer unknown = push("PUT", "/metrics/job/x", "Content-Encoding: br\n", BODY);
		assertThat(unknown.status()).isEqualTo(415);
		assertThat(unknown.body()).contains("gzip and snappy");
		assertThat(push("PUT", "/metrics/job/x", "Content-Encoding: identity\n", BODY).status()).isEqualTo(200);
		assertThat(upstream.received()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "x 1|newline", "x 1\\r\\n|CR LF", "x 1 1700000000000\\n|timestamp",
			"x 1\\nx 2\\n|same series", "<html>|HTML" })
	void refusesBodiesThatPushgatewayCannotRead(String body, String text) throws IOException {
		RawHttp.Answer answer = push("PUT", "/metrics/job/x", "", body.translateEscapes());
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.headers().get("content-type")).startsWith("text/plain");
		assertThat(answer.body()).contains(text);
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void refusesATooLargeBodyByItsDeclaredLengthBeforeItIsSent() throws IOException {
		try (RawHttp http = new RawHttp(this.port)) {
			http.send(
					"POST /metrics/job/x HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\nExpect: 100-continue\r\n\r\n");
			RawHttp.Answer answer = http.read();
			assertThat(answer.status()).isEqualTo(413);
			assertThat(answer.body()).contains("30000000 bytes").contains("PUSH_MAX_BYTES");
		}
	}

	@Test
	void refusesATooLargeBodyThatComesInChunks() throws IOException {
		byte[] chunk = "# a comment that goes on and on and on and on and on and on\n".repeat(1000)
			.getBytes(StandardCharsets.UTF_8);
		try (RawHttp http = new RawHttp(this.port)) {
			http.send("POST /metrics/job/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
			for (int i = 0; i < 500; i++) {
				http.sendChunk(chunk);
			}
			http.send("0\r\n\r\n");
			assertThat(http.read().status()).isEqualTo(413);
		}
		assertThat(upstream.received()).isEmpty();
		assertThat(push("POST", "/metrics/job/x", "", BODY).status()).isEqualTo(200);
	}

	@Test
	void answers503WithAPauseWhilePushgatewayIsDownAndGoesOnWhenItIsBack() throws Exception {
		upstream.close();
		try {
			RawHttp.Answer answer = push("PUT", "/metrics/job/x", "", BODY);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.headers()).containsKey("retry-after");
			assertThat(answer.headers().get("content-type")).startsWith("text/plain");
			assertThat(answer.body()).contains("cannot be reached").contains("Nothing was stored");
			assertThat(RawHttp.exchange(this.port, "GET / HTTP/1.1\nHost: x\n").status()).isEqualTo(503);
			Awaitility.await()
				.untilAsserted(() -> assertThat(management("/actuator/health/readiness").statusCode()).isEqualTo(503));
			assertThat(management("/actuator/health/liveness").statusCode()).isEqualTo(200);
		}
		finally {
			upstream.open();
		}
		assertThat(push("PUT", "/metrics/job/x", "", BODY).status()).isEqualTo(200);
		Awaitility.await()
			.untilAsserted(() -> assertThat(management("/actuator/health/readiness").statusCode()).isEqualTo(200));
	}

	@Test
	void triesOnceMoreWhenThereWasNoConnection() throws Exception {
		upstream.close();
		Thread back = new Thread(upstream::open);
		try (RawHttp http = new RawHttp(this.port)) {
			http.send("POST /metrics/job/x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nx 1\n");
			Thread.sleep(80);
			back.start();
			assertThat(http.read().status()).isEqualTo(200);
		}
		finally {
			back.join();
		}
		assertThat(upstream.received()).hasSize(1);
	}

	@Test
	void answers504WhenPushgatewayIsSlow() throws IOException {
		upstream.answer(new FakePushgateway.Answer(200, "", Map.of(), Duration.ofSeconds(4)));
		RawHttp.Answer answer = push("PUT", "/metrics/job/x", "", BODY);
		assertThat(answer.status()).isEqualTo(504);
		assertThat(answer.headers()).containsKey("retry-after");
		assertThat(answer.body()).contains("not known");
	}

	@Test
	void doesNotRepeatAPushThatWasSentAndNotAnswered() throws IOException {
		upstream.answer(0, "");
		RawHttp.Answer answer = push("PUT", "/metrics/job/x", "", BODY);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.body()).contains("broke off").contains("not known");
		assertThat(upstream.received()).hasSize(1);
	}

	@Test
	void answers429WhenTooMuchIsUnderWayAndRecovers() throws IOException {
		byte[] part = "# filler\n".repeat(300_000).getBytes(StandardCharsets.UTF_8);
		List<RawHttp> waiting = new ArrayList<>();
		try {
			for (int i = 0; i < 2; i++) {
				RawHttp http = new RawHttp(this.port);
				waiting.add(http);
				http.send("POST /metrics/job/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
				http.sendChunk(part);
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(gauge("pushgateway_proxy_memory_bytes")).isGreaterThan(6e6));
			RawHttp.Answer answer = push("POST", "/metrics/job/x", "", "y 1\n" + "# more\n".repeat(400_000));
			assertThat(answer.status()).isEqualTo(429);
			assertThat(answer.headers()).containsKey("retry-after");
		}
		finally {
			for (RawHttp http : waiting) {
				http.close();
			}
		}
		Awaitility.await().untilAsserted(() -> assertThat(gauge("pushgateway_proxy_memory_bytes")).isZero());
		assertThat(push("POST", "/metrics/job/x", "", BODY).status()).isEqualTo(200);
	}

	@Test
	void passesTraceContextOnAndDropsForwardedHeaders() throws IOException {
		String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		push("PUT", "/metrics/job/x", "traceparent: " + trace
				+ "\nX-Forwarded-Host: evil\nX-Forwarded-Prefix: /-/quit\nForwarded: host=evil\n", BODY);
		assertThat(upstream.last().headers()).containsEntry("Traceparent", List.of(trace));
		assertThat(upstream.last().headers()).doesNotContainKeys("X-forwarded-host", "X-forwarded-prefix", "Forwarded");
		assertThat(upstream.last().headers().getFirst("Host")).startsWith("localhost:");
		assertThat(upstream.last().path()).isEqualTo("/metrics/job/x");
	}

	@Test
	void keepsHeadersOfTheConnectionToItself() throws IOException {
		push("PUT", "/metrics/job/x", "Connection: keep-alive, X-Mine\nX-Mine: 1\nKeep-Alive: timeout=5\nTE: trailers\n"
				+ "Upgrade: h2c\nProxy-Connection: keep-alive\nX-Yours: 2\n", BODY);
		assertThat(upstream.last().headers()).containsEntry("X-yours", List.of("2"))
			.doesNotContainKeys("X-mine", "Keep-alive", "Te", "Upgrade", "Proxy-connection");
	}

	@Test
	void answers504WhenPushgatewayStopsReading() throws IOException {
		upstream.answer(new FakePushgateway.Answer(200, "", Map.of(), Duration.ofSeconds(4)));
		String large = "y 1\n" + "# filler\n".repeat(300_000);
		assertThat(push("PUT", "/metrics/job/x", "", large).status()).isEqualTo(504);
	}

	@Test
	void passesAuthorizationOnWhereItHasNoTokenOfItsOwn() throws IOException {
		push("PUT", "/metrics/job/x", "Authorization: Basic eDp5\n", BODY);
		assertThat(upstream.last().headers()).containsEntry("Authorization", List.of("Basic eDp5"));
	}

	@Test
	void countsPushesByJobVerbAndOutcome() throws Exception {
		push("PUT", "/metrics/job/counted", "", BODY);
		push("PUT", "/metrics/job/counted", "", "broken");
		assertThat(gauge(
				"pushgateway_proxy_pushes_seconds_count{outcome=\"accepted\",push_job=\"counted\",reason=\"none\",verb=\"put\"}"))
			.isEqualTo(1);
		assertThat(gauge(
				"pushgateway_proxy_pushes_seconds_count{outcome=\"refused\",push_job=\"counted\",reason=\"newline\",verb=\"put\"}"))
			.isEqualTo(1);
		assertThat(gauge("pushgateway_proxy_push_series_sum{push_job=\"counted\"}")).isEqualTo(2);
		assertThat(gauge("pushgateway_proxy_push_size_bytes_sum{push_job=\"counted\"}")).isEqualTo(BODY.length());
		assertThat(management("/actuator/prometheus").body()).contains("pushgateway_proxy_upstream_seconds_bucket",
				"pushgateway_proxy_empty_groups_removed_total");
	}

	@Test
	void givesOnlyJobsThatPushedTheirOwnLabel() throws Exception {
		for (int i = 0; i < 20; i++) {
			push("PUT", "/metrics/job/never" + i, "", "broken");
		}
		assertThat(management("/actuator/prometheus").body()).doesNotContain("never1");
	}

	@Test
	void writesOneLinePerPushThatNobodyCanForge(CapturedOutput output) throws IOException {
		push("PUT", "/metrics/job/x%0A2026-01-01%20push%20accepted/l/%1B[31m", "", "secret_metric 1\n");
		push("POST", "/metrics/job/y%0Az?token=abc", "", "secret_metric");
		assertThat(output.getAll()).contains(
				"push accepted: job=\"x\\n2026-01-01 push accepted\" verb=PUT reason=none status=200 bytes=16 series=1")
			.contains("push refused: job=\"y\\nz\" verb=POST reason=newline status=400")
			.doesNotContain("secret_metric", "token=abc", "\u001b[31m/");
	}

	@Test
	void showsOnlyHealthInfoAndMetricsForItself() throws Exception {
		assertThat(management("/actuator/health/liveness").statusCode()).isEqualTo(200);
		assertThat(management("/actuator/info").statusCode()).isEqualTo(200);
		for (String closed : new String[] { "gateway", "gateway/routes", "env", "beans", "heapdump", "loggers" }) {
			assertThat(management("/actuator/" + closed).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void servesManyPushesOnOneConnection() throws IOException {
		try (RawHttp http = new RawHttp(this.port)) {
			for (int i = 0; i < 200; i++) {
				boolean good = i % 3 != 0;
				String body = good ? BODY : "broken" + "x".repeat(i);
				http.send("PUT /metrics/job/many HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
						+ body);
				assertThat(http.read().status()).isEqualTo(good ? 200 : 400);
			}
		}
	}

	private RawHttp.Answer push(String verb, String target, String headers, String body) throws IOException {
		return push(verb, target, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	private RawHttp.Answer push(String verb, String target, String headers, byte[] body) throws IOException {
		return RawHttp.exchange(this.port,
				verb + " " + target + " HTTP/1.1\nHost: x\nContent-Length: " + body.length + "\n" + headers, body);
	}

	private HttpResponse<String> management(String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.managementPort + path);
		return this.client.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
				BodyHandlers.ofString());
	}

	private double gauge(String series) throws IOException, InterruptedException {
		return management("/actuator/prometheus").body()
			.lines()
			.filter((line) -> line.startsWith(series + " ") || line.startsWith(series.replace("}", ",}") + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + series));
	}

	private static byte[] gzip(byte[] plain) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(plain);
		}
		return out.toByteArray();
	}

}
