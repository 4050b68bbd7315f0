package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "push.check=upstream", "push.mode=replace",
				"push.bearer-token=s3cret-token", "logging.level.push=debug" })
@ExtendWith(OutputCaptureExtension.class)
class PushModesTests {

	private static final FakePushgateway upstream = FakePushgateway.start();

	private static final String BEARER = "Authorization: Bearer s3cret-token\n";

	@Value("${local.server.port}")
	private int port;

	@Value("${local.management.port}")
	private int managementPort;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("pushgateway.url", () -> "http://localhost:" + upstream.port() + "/prefix/");
	}

	@BeforeEach
	void forget() {
		upstream.forget();
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@Test
	void aPutStaysAPutInReplaceMode() throws IOException {
		assertThat(request("PUT", BEARER, "x 1\n").status()).isEqualTo(200);
		assertThat(upstream.last().method()).isEqualTo("PUT");
		assertThat(request("POST", BEARER, "x 1\n").status()).isEqualTo(200);
		assertThat(upstream.last().method()).isEqualTo("POST");
	}

	@Test
	void keepsTheRoutePrefixOfPushgateway() throws IOException {
		request("PUT", BEARER, "x 1\n");
		assertThat(upstream.last().path()).isEqualTo("/prefix/metrics/job/x/l/a%25b");
	}

	@Test
	void refusesPushesAndDeletesWithoutTheToken() throws IOException {
		for (String verb : new String[] { "PUT", "POST", "DELETE" }) {
			for (String header : new String[] { "", "Authorization: Bearer wrong\n", "Authorization: Basic eDp5\n" }) {
				RawHttp.Answer answer = request(verb, header, "x 1\n");
				assertThat(answer.status()).isEqualTo(401);
				assertThat(answer.headers()).containsKey("www-authenticate");
				assertThat(answer.headers().get("content-type")).startsWith("text/plain");
			}
		}
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void aDryRunNeedsTheTokenOfAPush() throws IOException {
		String check = "PUT /-/check/metrics/job/x HTTP/1.1\nHost: x\nContent-Length: 4\n";
		byte[] body = "x 1\n".getBytes(StandardCharsets.UTF_8);
		RawHttp.Answer without = RawHttp.exchange(this.port, check, body);
		assertThat(without.status()).isEqualTo(401);
		assertThat(without.headers()).containsKey("www-authenticate");
		assertThat(upstream.received()).isEmpty();
		upstream.answer(200, "{\"status\":\"success\",\"data\":[" + group("x", 1000) + "]}");
		assertThat(RawHttp.exchange(this.port, check + BEARER, body).status()).isEqualTo(200);
		assertThat(upstream.received()).isNotEmpty()
			.allMatch((received) -> "GET".equals(received.method()))
			.noneMatch((received) -> received.headers().containsKey("Authorization"));
	}

	@Test
	void acceptsTheTokenAsAPasswordAndNeverPassesItOn() throws IOException {
		String basic = Base64.getEncoder().encodeToString("user:s3cret-token".getBytes(StandardCharsets.UTF_8));
		assertThat(request("PUT", "Authorization: Basic " + basic + "\n", "x 1\n").status()).isEqualTo(200);
		assertThat(request("DELETE", BEARER, "").status()).isEqualTo(200);
		assertThat(RawHttp.exchange(this.port, "GET /metrics HTTP/1.1\nHost: x\n" + BEARER).status()).isEqualTo(200);
		assertThat(upstream.received()).hasSize(3)
			.noneMatch((received) -> received.headers().containsKey("Authorization"));
	}

	@Test
	void letsPagesBeReadWithoutTheToken() throws IOException {
		assertThat(RawHttp.exchange(this.port, "GET / HTTP/1.1\nHost: x\n").status()).isEqualTo(200);
	}

	@Test
	void tellsWhoPushedToWhichGroup() throws IOException {
		request("PUT", BEARER + "User-Agent: nightly/1\n", "x 1\n");
		upstream.answer(400, "no");
		request("POST", BEARER, "x{} 2\n");
		request("POST", "", "x 3\n");
		RawHttp.Answer answer = RawHttp.exchange(this.port, "GET /api/pushers HTTP/1.1\nHost: x\n");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers().get("content-type")).startsWith("application/json");
		JsonNode json = new JsonMapper().readTree(answer.body());
		assertThat(json.path("check").asString()).isEqualTo("upstream");
		assertThat(json.path("scrape").isNull()).isTrue();
		JsonNode pusher = json.path("pushers").path(0);
		assertThat(pusher.path("group").path("job").asString()).isEqualTo("x");
		assertThat(pusher.path("group").path("l").asString()).isEqualTo("a%b");
		assertThat(pusher.path("client").asString()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
		assertThat(pusher.path("userAgent").asString()).isEqualTo("nightly/1");
		assertThat(pusher.path("format").asString()).isEqualTo("text");
		assertThat(pusher.path("lastRefusal").path("reason").asString()).isEqualTo("upstream_refused");
		assertThat(Instant.parse(pusher.path("lastPush").asString())).isBefore(Instant.now());
	}

	@Test
	void deletesGroupsByTheirLabelsOnlyWithTheToken() throws IOException {
		String address = "/api/groups?match[]=%7Bjob%3D%22a%22%7D";
		assertThat(RawHttp.exchange(this.port, "DELETE " + address + " HTTP/1.1\nHost: x\n").status()).isEqualTo(401);
		assertThat(upstream.received()).isEmpty();
		upstream.answer(200, "{\"status\":\"success\",\"data\":[" + group("a", 1000) + "," + group("b", 2000) + "]}");
		RawHttp.Answer listed = RawHttp.exchange(this.port, "DELETE " + address + " HTTP/1.1\nHost: x\n" + BEARER);
		assertThat(listed.body()).contains("\"matched\":1", "\"groups\":[{\"job\":\"a\"}]");
		assertThat(upstream.received()).hasSize(1);
		RawHttp.Answer failed = RawHttp.exchange(this.port,
				"DELETE " + address + "&dry_run=false HTTP/1.1\nHost: x\n" + BEARER);
		assertThat(failed.status()).as("only 202 is a success").isEqualTo(503);
		assertThat(failed.body()).contains("\"deleted\":0", "\"failed\":1");
		assertThat(upstream.last().method()).isEqualTo("DELETE");
		assertThat(upstream.last().path()).isEqualTo("/prefix/metrics/job@base64/YQ");
	}

	private static String group(String job, int pushTime) {
		return "{\"labels\":{\"job\":\"" + job
				+ "\"},\"push_time_seconds\":{\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{\"job\":\"" + job
				+ "\"},\"value\":\"" + pushTime + "\"}]}}";
	}

	@Test
	void refusesALifeOfTheGroupThatIsNoTime() throws IOException {
		RawHttp.Answer answer = request("PUT", BEARER + "X-Push-TTL: soon\n", "x 1\n");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("X-Push-TTL is \"soon\"");
		assertThat(upstream.received()).isEmpty();
		assertThat(request("PUT", BEARER + "X-Push-TTL: 36h\n", "x 1\n").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "/pushers,text/html,<title>Pushers</title>", "/pushers.js,text/javascript,api/pushers",
			"/pushers.css,text/css,--page" })
	void servesThePageOfPushersAndNothingOfItGoesToPushgateway(String path, String type, String text)
			throws IOException {
		RawHttp.Answer answer = RawHttp.exchange(this.port, "GET " + path + " HTTP/1.1\nHost: x\n");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers().get("content-type")).startsWith(type);
		assertThat(answer.headers().get("content-security-policy")).contains("script-src 'self'");
		assertThat(answer.body()).contains(text);
		assertThat(upstream.received()).isEmpty();
		assertThat(RawHttp.exchange(this.port, "POST " + path + " HTTP/1.1\nHost: x\nContent-Length: 0\n").status())
			.isEqualTo(404);
	}

	@Test
	void thePageHasTheSameTextsInBothLanguages() throws IOException {
		String script = RawHttp.exchange(this.port, "GET /pushers.js HTTP/1.1\nHost: x\n").body();
		String english = script.substring(script.indexOf("  en: {"), script.indexOf("  ko: {"));
		String korean = script.substring(script.indexOf("  ko: {"), script.indexOf("const byId"));
		assertThat(keys(english)).hasSizeGreaterThan(20).isEqualTo(keys(korean));
		String page = RawHttp.exchange(this.port, "GET /pushers HTTP/1.1\nHost: x\n").body();
		Matcher used = Pattern.compile("data-i18n(?:-label)?=\"(\\w+)\"").matcher(page);
		while (used.find()) {
			assertThat(keys(english)).contains(used.group(1));
		}
	}

	private static Set<String> keys(String texts) {
		Set<String> keys = new TreeSet<>();
		Matcher key = Pattern.compile("(?m)^    (\\w+): ").matcher(texts);
		while (key.find()) {
			keys.add(key.group(1));
		}
		return keys;
	}

	@Test
	void showsTheTokenNowhere(CapturedOutput output) throws IOException {
		StringBuilder seen = new StringBuilder();
		seen.append(request("PUT", BEARER, "broken").body());
		seen.append(request("PUT", BEARER + "X: y\n", "x 1\n").body());
		seen.append(request("PUT", "Authorization: Bearer s3cret-tokenX\n", "x 1\n").body());
		for (String path : new String[] { "prometheus", "health", "info", "env", "configprops" }) {
			seen.append(RawHttp.exchange(this.managementPort, "GET /actuator/" + path + " HTTP/1.1\nHost: x\n").body());
		}
		for (String path : new String[] { "/api/pushers", "/pushers" }) {
			seen.append(RawHttp.exchange(this.port, "GET " + path + " HTTP/1.1\nHost: x\n" + BEARER).body());
		}
		assertThat(seen.append(output.getAll()).toString()).contains("push refused").doesNotContain("s3cret-token");
	}

	private RawHttp.Answer request(String verb, String headers, String body) throws IOException {
		return RawHttp.exchange(this.port,
				verb + " /metrics/job/x/l/a%25b HTTP/1.1\nHost: x\nContent-Length: " + body.length() + "\n" + headers,
				body.getBytes(StandardCharsets.UTF_8));
	}

}
