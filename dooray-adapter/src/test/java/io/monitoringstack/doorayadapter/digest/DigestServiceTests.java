package io.monitoringstack.doorayadapter.digest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.webhook.FakeDooray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From what Alertmanager answers to what Dooray gets.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = { "digest.channel=ops",
		"dooray.min-interval=50ms", "dooray.mask-personal-data=phone", "webhook.bearer-token=S3CR3T-token" })
class DigestServiceTests {

	private static final String HOOK = "/services/1/2/S3CR3T-hook";

	private static final String ALERTS = """
			[{"labels":{"alertname":"InstanceDown","severity":"critical","instance":"web-01:9100"},"annotations":{},
			"startsAt":"2026-11-20T00:00:00.000Z","fingerprint":"1","receivers":[{"name":"dooray-critical"}],
			"status":{"state":"active","silencedBy":[],"inhibitedBy":[]},"new":"field"},
			{"labels":{"alertname":"HighCpu","severity":"warning"},"startsAt":"2026-11-20T00:00:00.000Z",
			"receivers":[{"name":"dooray-warning"}],"status":{"state":"suppressed","silencedBy":["s1"]}},
			{"labels":{"alertname":"Watchdog","severity":"none"},"receivers":[{"name":"heartbeat"}],
			"status":{"state":"active","silencedBy":[]}},{}]""";

	private static final String SILENCES = """
			[{"id":"s1","createdBy":"kim","comment":"call 010-1234-5678","endsAt":"2036-11-30T00:00:00.000Z",
			"matchers":[{"name":"alertname","value":"High.*","isRegex":true,"isEqual":true}],"status":{"state":"active"}},
			{"id":"s2","createdBy":"gone","comment":"","endsAt":"2020-11-30T00:00:00.000Z","matchers":[],
			"status":{"state":"expired"}}]""";

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpServer alertmanager = alertmanager();

	private static volatile int status = 200;

	private static volatile String alerts = ALERTS;

	@Autowired
	private Digests digests;

	@Value("${local.server.port}")
	private int port;

	private static HttpServer alertmanager() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/am/api/v2/", (exchange) -> {
				String body = exchange.getRequestURI().getPath().endsWith("/alerts") ? alerts : SILENCES;
				byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(status, bytes.length);
				exchange.getResponseBody().write(bytes);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		registry.add("digest.alertmanager-url",
				() -> "http://127.0.0.1:" + alertmanager.getAddress().getPort() + "/am");
		registry.add("DOORAY_HOOK_URL_OPS", () -> dooray.hook(HOOK));
		registry.add("dooray.allowed-hosts", dooray::host);
	}

	@AfterAll
	static void close() {
		dooray.close();
		alertmanager.stop(0);
	}

	@AfterEach
	void leaksNoSecret(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain("S3CR3T");
		status = 200;
		alerts = ALERTS;
		dooray.reset();
	}

	@Test
	void aPreviewShowsWhatWouldBeTold() throws Exception {
		HttpResponse<String> preview = post("/preview/digest", "S3CR3T-token");
		assertThat(preview.statusCode()).isEqualTo(200);
		assertThat(preview.body())
			.contains("{\"channel\":\"ops\",\"servedBy\":\"ops\",\"messages\":[{\"botName\":\"Alertmanager\"",
					"[교대 요약] 발생 1 · 심각 1 · 사일런스 1건", "사일런스 1건", "InstanceDown | web-01 | ",
					"• alertname=~High.* | 알림 1건 | ", "| kim | call ***-****-****")
			.doesNotContain("S3CR3T", "Watchdog", "gone", "010-1234");
		assertThat(dooray.posts()).isEmpty();
		assertThat(post("/preview/digest", "wrong").statusCode()).isEqualTo(401);
	}

	@Test
	void tellsItWithHowOftenEachAlertWasTold() throws Exception {
		String body = """
				{"version":"4","groupKey":"g%d","receiver":"x","alerts":[{"status":"firing","labels":
				{"alertname":"InstanceDown","severity":"critical"}}]}""";
		for (int i = 0; i < 2; i++) {
			post("/webhook/ops", "S3CR3T-token", body.formatted(i));
		}
		dooray.reset();
		assertThat(this.digests.tell()).isInstanceOf(Outcome.Accepted.class);
		assertThat(dooray.posts()).singleElement().satisfies((post) -> {
			assertThat(post.path()).isEqualTo(HOOK);
			assertThat(post.body()).contains("• InstanceDown 2회");
		});
		assertThat(this.digests.preview().messages().toString()).as("counted anew").doesNotContain("2회");
	}

	@ParameterizedTest
	@ValueSource(strings = { "500", "302", "not JSON", "{\"an\":\"object\"}", "" })
	void saysSoWhenAlertmanagerDoesNotTell(String answer) {
		status = answer.matches("\\d+") ? Integer.parseInt(answer) : 200;
		alerts = answer;
		assertThat(this.digests.tell()).isInstanceOf(Outcome.Accepted.class);
		assertThat(dooray.posts()).singleElement()
			.satisfies((post) -> assertThat(post.body()).contains("※ Alertmanager"));
	}

	@Test
	void anAddressWithoutAnybodyIsNoAnswer() {
		AlertmanagerApi nobody = new AlertmanagerApi(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:1/"));
		assertThat(nobody.state()).isEmpty();
		assertThat(new AlertmanagerApi(HttpClient.newHttpClient(), null).state()).isEmpty();
	}

	private HttpResponse<String> post(String path, String token) throws Exception {
		return post(path, token, "");
	}

	private HttpResponse<String> post(String path, String token, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Bearer " + token)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

}
