package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "push.check=upstream", "push.max-bytes=64KB",
				"push.max-in-flight-bytes=192KB", "push.max-series=3000", "pushgateway.connect-timeout=500ms" })
class DryRunTests {

	private static final FakePushgateway upstream = FakePushgateway.start();

	@Value("${local.server.port}")
	private int port;

	@Value("${local.management.port}")
	private int managementPort;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("pushgateway.url", () -> "http://localhost:" + upstream.port());
	}

	@BeforeEach
	void aGroupWithTwoFamilies() {
		upstream.forget();
		upstream.answer(200, "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"a\"},"
				+ "\"x\":{\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{\"job\":\"a\",\"instance\":\"\"},\"value\":\"1\"}]},"
				+ "\"y\":{\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{\"job\":\"a\",\"instance\":\"\"},\"value\":\"1\"}]}}]}");
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@Test
	void tellsWhatAPushWouldDoAndNothingOfItReachesPushgateway() throws IOException {
		RawHttp.Answer answer = check("POST", "/metrics/job/a", "", "# TYPE x gauge\nx 2\ny{l=\"1\"} 3\nz 4\n");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.headers()).containsEntry("content-type", "application/json")
			.containsEntry("cache-control", "no-store");
		assertThat(answer.body())
			.isEqualTo("{\"verdict\":\"accepted\",\"status\":200,\"reason\":\"none\",\"text\":\"\",\"added\":[\"z\"],"
					+ "\"changed\":[\"y\"],\"unchanged\":[\"x\"],\"removed\":[],\"series\":3,\"warnings\":[]}");
		assertThat(upstream.received()).hasSize(2).allMatch((received) -> "GET".equals(received.method()));
		assertThat(RawHttp.exchange(this.port, "GET /api/pushers HTTP/1.1\nHost: x\n").body())
			.contains("\"pushers\":[]");
		assertThat(RawHttp.exchange(this.managementPort, "GET /actuator/prometheus HTTP/1.1\nHost: x\n").body())
			.contains("pushgateway_proxy_memory_bytes 0.0")
			.doesNotContain("push_job=\"a\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = {
					"/metrics/job/b||# TYPE x counter\\nx 1\\n|400|conflict|the group {job=\"a\"} has a gauge named x",
					"/metrics/job/b||x 1|400|newline|The last line|", "/metrics/job/b/l||x 1\\n|400|path|odd number",
					"/metrics/job/b|Content-Encoding: br|x 1\\n|415|encoding|is not known",
					"/metrics/job/b|X-Push-TTL: soon|x 1\\n|400|ttl|is no time",
					"/metrics/job/b|Content-Type: application/openmetrics-text|x 1\\n|400|syntax|# EOF",
					"/metrics/job/b||x 1 1700000000\\n|400|timestamp|must not have timestamps" })
	void aRefusalHasTheStatusAndTheTextOfThePush(String path, String header, String body, int status, String reason,
			String text) throws IOException {
		String headers = (header != null) ? header + "\n" : "";
		RawHttp.Answer answer = check("POST", path, headers, body.replace("\\n", "\n"));
		assertThat(answer.status()).isEqualTo(status);
		JsonNode json = new JsonMapper().readTree(answer.body());
		assertThat(json.path("verdict").asString()).isEqualTo("refused");
		assertThat(json.path("status").asInt()).isEqualTo(status);
		assertThat(json.path("reason").asString()).isEqualTo(reason);
		assertThat(json.path("text").asString()).contains(text.replace("The last line", "last line"));
		assertThat(upstream.received()).allMatch((received) -> "GET".equals(received.method()));
	}

	@Test
	void tooMuchIsRefusedAsForAPush() throws IOException {
		assertThat(check("POST", "/metrics/job/b", "", "x 1\n".repeat(20_000)).status()).isEqualTo(413);
		StringBuilder many = new StringBuilder();
		for (int i = 0; i < 3001; i++) {
			many.append("x{l=\"").append(i).append("\"} 1\n");
		}
		RawHttp.Answer answer = check("POST", "/metrics/job/b", "", many.toString());
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.body()).contains("\"reason\":\"too_many_series\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "Text/*;q=0.9" })
	void isReadableForPeopleWhoAskForText(String accept) throws IOException {
		RawHttp.Answer accepted = check("PUT", "/metrics/job/a", "Accept: " + accept + "\n",
				"# TYPE x gauge\nx 2\nz 4\n");
		assertThat(accepted.status()).isEqualTo(200);
		assertThat(accepted.headers()).containsEntry("content-type", "text/plain;charset=UTF-8");
		assertThat(accepted.body()).isEqualTo("""
				accepted: 2 series
				added: z
				changed: -
				unchanged: x
				removed: -
				warning: PUT works as POST here (PUSH_MODE=merge): nothing would be removed
				This was a dry run, nothing was stored.
				""");
		RawHttp.Answer refused = check("POST", "/metrics/job/a", "Accept: " + accept + "\n", "x one\n");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.body())
			.startsWith("refused: status 400, syntax\ntext format parsing error in line 1, column 3");
	}

	@Test
	void listsAThousandFamiliesAndSaysHowManyThereAre() throws IOException {
		StringBuilder many = new StringBuilder("a".repeat(400) + " 1\n");
		for (int i = 0; i < 1500; i++) {
			many.append("m").append(i).append(" 1\n");
		}
		JsonNode json = new JsonMapper().readTree(check("POST", "/metrics/job/b", "", many.toString()).body());
		assertThat(json.path("added").size()).isEqualTo(1000);
		assertThat(json.path("added").path(0).asString()).hasSize(301).endsWith("…");
		assertThat(json.path("warnings").toString()).contains("added are 1501 families, the first 1000 are listed");
		assertThat(json.path("series").asInt()).isEqualTo(1501);
	}

	@Test
	void namesWhatOpenMetricsWouldLose() throws IOException {
		RawHttp.Answer answer = check("POST", "/metrics/job/b", "Content-Type: application/openmetrics-text\n",
				"# TYPE c counter\nc_total 1\nc_created 1\n# EOF\n");
		assertThat(answer.body()).contains("\"added\":[\"c_total\"]", "\"warnings\":[\"_created would be dropped\"]");
	}

	@Test
	void leavesToPushgatewayWhatIsLeftToItForAPush() throws IOException {
		RawHttp.Answer answer = check("POST", "/metrics/job/b", "", "# TYPE h summary\n{h_sum} 1\n");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).contains("only Pushgateway can tell what becomes of this");
	}

	@Test
	void saysThatThereIsNoVerdictWhilePushgatewayIsDown() throws IOException {
		upstream.close();
		try {
			RawHttp.Answer answer = check("POST", "/metrics/job/b", "", "x 1\n");
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.headers()).containsKey("retry-after");
			assertThat(answer.body()).contains("cannot be reached", "there is no verdict, and nothing was stored");
		}
		finally {
			upstream.open();
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET,/-/check/metrics/job/a,405", "DELETE,/-/check/metrics/job/a,405", "POST,/-/check/metrics,404",
			"POST,/-/check/metrics/jobs/a,404", "POST,/-/check/-/quit,404", "POST,/-/check/../metrics/job/a,404" })
	void servesNothingElseThere(String verb, String path, int status) throws IOException {
		RawHttp.Answer answer = RawHttp.exchange(this.port,
				verb + " " + path + " HTTP/1.1\nHost: x\nContent-Length: 0\n");
		assertThat(answer.status()).isEqualTo(status);
		assertThat(upstream.received()).isEmpty();
	}

	private RawHttp.Answer check(String verb, String path, String headers, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return RawHttp.exchange(this.port,
				verb + " /-/check" + path + " HTTP/1.1\nHost: x\nContent-Length: " + bytes.length + "\n" + headers,
				bytes);
	}

}
