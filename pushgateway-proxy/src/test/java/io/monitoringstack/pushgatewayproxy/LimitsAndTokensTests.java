package io.monitoringstack.pushgatewayproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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
		properties = { "management.server.port=0", "push.check=upstream", "push.max-bytes=3MB",
				"push.max-in-flight-bytes=9MB", "push.max-series=1000",
				"push.bearer-token=" + LimitsAndTokensTests.SHARED, "logging.level.push=debug" })
@ExtendWith(OutputCaptureExtension.class)
class LimitsAndTokensTests {

	static final String SHARED = "shared-s3cret";

	private static final FakePushgateway upstream = FakePushgateway.start();

	private static final String CI = "ci-s3cret-".repeat(4);

	private static final String OPS = "ops-s3cret-".repeat(4);

	private static final String NEW = "new-s3cret-".repeat(4);

	private static final String PASSWORD = "correct horse battery";

	private static final String BCRYPT = "$2y$10$abcdefghijklmnopqrstuuCj7fyLDJytXL.TfOiOeiv0fQvSOK1/2";

	private static final String TOKENS = """
			# name  hash  rights
			ci     %s  jobs=ci-*,build label=team=ci
			ops    %s  jobs=*
			alice  %s  jobs=alice-*
			""".formatted(hash(CI), hash(OPS), BCRYPT);

	private static final String LIMITS = """
			small    size=1KB series=3
			hourly   rate=2/h
			""";

	@TempDir
	static Path folder;

	@Value("${local.server.port}")
	private int port;

	@Value("${local.management.port}")
	private int managementPort;

	@DynamicPropertySource
	static void files(DynamicPropertyRegistry registry) {
		registry.add("pushgateway.url", () -> "http://localhost:" + upstream.port());
		registry.add("push.tokens-file", () -> write("tokens", TOKENS));
		registry.add("push.limits-file", () -> write("limits", LIMITS));
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
	@CsvSource({ "PUT,/metrics/job/ci-1/p/%41+,/metrics/job/ci-1/p/%41+/team/ci",
			"POST,/metrics/job@base64/Y2ktMQ==,/metrics/job@base64/Y2ktMQ==/team/ci",
			"PUT,/metrics/job/build/team/ci,/metrics/job/build/team/ci",
			"DELETE,/metrics/job/build/p/a%2Fb,/metrics/job/build/p@base64/YS9i/team/ci" })
	void aTokenPushesToItsJobsAndItsLabelIsAddedBehindWhatWasSent(String verb, String target, String forwarded)
			throws IOException {
		assertThat(push(verb, target, bearer(CI), "x 1\n").status()).isEqualTo(200);
		assertThat(upstream.last().path()).isEqualTo(forwarded);
		assertThat(upstream.last().text()).isEqualTo("x 1\n");
		assertThat(upstream.last().headers()).doesNotContainKey("Authorization");
	}

	@ParameterizedTest
	@CsvSource({ "PUT,/metrics/job/nightly,nightly", "DELETE,/metrics/job/nightly,nightly",
			"POST,/metrics/job/build/team/ops,label team", "DELETE,/metrics/job/build/team/ops,label team" })
	void whatATokenDoesNotAllowIs403AndSaysWhatItAllows(String verb, String target, String text) throws IOException {
		RawHttp.Answer answer = push(verb, target, bearer(CI), "x 1\n");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.headers().get("content-type")).startsWith("text/plain");
		assertThat(answer.body()).contains("\"ci\"", "\"ci-*\", \"build\"", text).doesNotContain(CI, hash(CI));
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void nobodyAndStrangersGet401() throws IOException {
		for (String header : new String[] { "", bearer("wrong"), bearer(hash(CI)), bearer(BCRYPT), bearer(PASSWORD),
				basic("ops", CI), basic("alice", "wrong"), basic("bob", PASSWORD), "Authorization: Digest x\n" }) {
			RawHttp.Answer answer = push("PUT", "/metrics/job/ci-1", header, "x 1\n");
			assertThat(answer.status()).as(header).isEqualTo(401);
			assertThat(answer.headers()).containsKey("www-authenticate");
		}
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void aTokenIsAPasswordTooAndAPasswordThatPeopleThoughtOfWorksAgainAndAgain() throws IOException {
		assertThat(push("PUT", "/metrics/job/ci-1", basic("ci", CI), "x 1\n").status()).isEqualTo(200);
		for (int i = 0; i < 3; i++) {
			assertThat(push("PUT", "/metrics/job/alice-1", basic("alice", PASSWORD), "x 1\n").status()).isEqualTo(200);
		}
		assertThat(push("PUT", "/metrics/job/ci-1", basic("alice", PASSWORD), "x 1\n").status()).isEqualTo(403);
		assertThat(upstream.received()).hasSize(4)
			.noneMatch((received) -> received.headers().containsKey("Authorization"));
	}

	@Test
	void theTokenThatAllShareStillMayDoEverything() throws IOException {
		assertThat(push("PUT", "/metrics/job/nightly", bearer(SHARED), "x 1\n").status()).isEqualTo(200);
		assertThat(push("PUT", "/metrics/job/nightly", basic("anyone", SHARED), "x 1\n").status()).isEqualTo(200);
	}

	@Test
	void deletesOnlyItsOwnGroupsByTheirLabels() throws IOException {
		String all = "/api/groups?match[]=%7Bjob%3D~%22.%2B%22%7D";
		upstream.answer(200,
				"{\"status\":\"success\",\"data\":["
						+ String.join(",", List.of(group("\"job\":\"build\",\"team\":\"ci\""),
								group("\"job\":\"build\""), group("\"job\":\"nightly\",\"team\":\"ci\"")))
						+ "]}");
		RawHttp.Answer own = delete(all + "&dry_run=true", bearer(CI));
		assertThat(own.status()).isEqualTo(200);
		assertThat(own.body()).contains("\"matched\":1", "\"notAllowed\":2",
				"\"groups\":[{\"job\":\"build\",\"team\":\"ci\"}]");
		assertThat(delete(all + "&dry_run=true", bearer(OPS)).body()).contains("\"matched\":3", "\"notAllowed\":0");
		RawHttp.Answer none = delete("/api/groups?match[]=%7Bjob%3D%22nightly%22%7D", bearer(CI));
		assertThat(none.status()).isEqualTo(403);
		assertThat(none.body()).contains("\"ci-*\"");
		assertThat(delete(all, "").status()).isEqualTo(401);
		delete(all + "&dry_run=false", bearer(CI));
		assertThat(upstream.received().stream().filter((received) -> "DELETE".equals(received.method())))
			.singleElement()
			.satisfies((received) -> assertThat(received.path()).contains("job@base64/YnVpbGQ", "team@base64/Y2k"));
	}

	@Test
	void showsWhoPushedInTheLogAndInTheList(CapturedOutput output) throws IOException {
		push("PUT", "/metrics/job/ci-seen", bearer(CI), "x 1\n");
		push("PUT", "/metrics/job/other-seen", bearer(CI), "x 1\n");
		push("PUT", "/metrics/job/shared-seen", bearer(SHARED), "x 1\n");
		assertThat(output.getAll()).containsPattern("push accepted: job=\"ci-seen\" .* identity=ci\\b")
			.containsPattern("push refused: job=\"other-seen\" .* reason=forbidden status=403 .* identity=ci\\b")
			.containsPattern("push accepted: job=\"shared-seen\" .* identity=-");
		JsonNode pushers = new JsonMapper()
			.readTree(RawHttp.exchange(this.port, "GET /api/pushers HTTP/1.1\nHost: x\n").body())
			.path("pushers");
		assertThat(pusher(pushers, "ci-seen").path("identity").asString()).isEqualTo("ci");
		assertThat(pusher(pushers, "ci-seen").path("group").path("team").asString()).isEqualTo("ci");
		assertThat(pusher(pushers, "shared-seen").path("identity").isNull()).isTrue();
		assertThat(pusher(pushers, "other-seen").path("lastRefusal").path("reason").asString()).isEqualTo("forbidden");
		assertThat(RawHttp.exchange(this.port, "GET /pushers.js HTTP/1.1\nHost: x\n").body())
			.contains("pusher.identity");
	}

	@Test
	void refusesWhatIsLargerThanItsJobMayPush() throws IOException {
		String large = "# filler\n".repeat(200);
		RawHttp.Answer declared = push("PUT", "/metrics/job/small", bearer(OPS), large);
		assertThat(declared.status()).isEqualTo(413);
		assertThat(declared.body()).contains("1800 bytes", "limit is 1024", "\"small\"", "line 1 of PUSH_LIMITS_FILE");
		RawHttp.Answer decoded = push("PUT", "/metrics/job/small", bearer(OPS) + "Content-Encoding: gzip\n",
				gzip(large));
		assertThat(decoded.status()).isEqualTo(413);
		assertThat(decoded.body()).contains("limit is 1024", "\"small\"");
		RawHttp.Answer series = push("PUT", "/metrics/job/small", bearer(OPS), "a 1\nb 1\nc 1\nd 1\n");
		assertThat(series.status()).isEqualTo(413);
		assertThat(series.body()).contains("4 series", "limit is 3", "\"small\"", "line 1");
		assertThat(upstream.received()).isEmpty();
		assertThat(push("PUT", "/metrics/job/small", bearer(OPS), "a 1\nb 1\nc 1\n").status()).isEqualTo(200);
		assertThat(push("PUT", "/metrics/job/large", bearer(OPS), large).status()).isEqualTo(200);
	}

	@Test
	void refusesWhatComesMoreOftenThanItsJobMayPush() throws IOException {
		assertThat(push("PUT", "/metrics/job/hourly", bearer(OPS), "x 1\n").status()).isEqualTo(200);
		assertThat(push("POST", "/metrics/job/hourly/a/b", bearer(OPS), "x 1\n").status()).isEqualTo(200);
		RawHttp.Answer answer = push("PUT", "/metrics/job/hourly", bearer(OPS), "x 1\n");
		assertThat(answer.status()).isEqualTo(429);
		assertThat(Integer.parseInt(answer.headers().get("retry-after"))).isBetween(1, 1800);
		assertThat(answer.body()).contains("\"hourly\"", "2/h", "line 2 of PUSH_LIMITS_FILE");
		assertThat(push("DELETE", "/metrics/job/hourly", bearer(OPS), "").status()).as("deletes do not count")
			.isEqualTo(200);
		assertThat(push("PUT", "/metrics/job/other", bearer(OPS), "x 1\n").status()).isEqualTo(200);
		assertThat(metrics()).contains("reason=\"rate\"");
	}

	@Test
	void aDryRunKeepsToTokenAndLimitsAndCountsAgainstNoRate() throws IOException {
		upstream.answer(200, "{\"status\":\"success\",\"data\":[]}");
		for (int i = 0; i < 4; i++) {
			assertThat(push("POST", "/-/check/metrics/job/hourly", bearer(OPS), "x 1\n").status()).isEqualTo(200);
		}
		RawHttp.Answer forbidden = push("POST", "/-/check/metrics/job/nightly", bearer(CI), "x 1\n");
		assertThat(forbidden.status()).isEqualTo(403);
		assertThat(forbidden.body()).contains("\"verdict\":\"refused\"", "\"reason\":\"forbidden\"");
		RawHttp.Answer large = push("POST", "/-/check/metrics/job/small", bearer(OPS), "a 1\nb 1\nc 1\nd 1\n");
		assertThat(large.status()).isEqualTo(413);
		assertThat(large.body()).contains("4 series", "line 1");
		assertThat(push("POST", "/-/check/metrics/job/ci-dry", "", "x 1\n").status()).isEqualTo(401);
		assertThat(upstream.received()).allMatch((received) -> "GET".equals(received.method()));
	}

	@Test
	void takesChangedFilesAndKeepsTheGoodOneBesideABadOne(CapturedOutput output) throws IOException {
		try {
			write("tokens", TOKENS + "later " + hash(NEW) + " jobs=later\n");
			write("limits", LIMITS + "later series=1\n");
			eventually(() -> {
				assertThat(push("PUT", "/metrics/job/later", bearer(NEW), "a 1\n").status()).isEqualTo(200);
				assertThat(push("PUT", "/metrics/job/later", bearer(NEW), "a 1\nb 1\n").status()).isEqualTo(413);
			});
			write("tokens", "later " + NEW + " jobs=later\n");
			write("limits", "later series=many\n");
			eventually(() -> assertThat(metrics()).contains("pushgateway_proxy_settings_ok{file=\"tokens\"} 0.0",
					"pushgateway_proxy_settings_ok{file=\"limits\"} 0.0",
					"pushgateway_proxy_settings_faulty_line{file=\"limits\"} 1.0"));
			assertThat(output.getAll()).contains("PUSH_TOKENS_FILE, line 1: the second word is no hash",
					"PUSH_LIMITS_FILE, line 1: series=many is not readable");
			assertThat(push("PUT", "/metrics/job/later", bearer(NEW), "a 1\n").status()).isEqualTo(200);
			assertThat(push("PUT", "/metrics/job/later", bearer(NEW), "a 1\nb 1\n").status()).isEqualTo(413);
			assertThat(output.getAll()).doesNotContain(NEW);
		}
		finally {
			write("tokens", TOKENS);
			write("limits", LIMITS);
		}
		eventually(() -> assertThat(push("PUT", "/metrics/job/later", bearer(NEW), "a 1\n").status()).isEqualTo(401));
		eventually(
				() -> assertThat(push("PUT", "/metrics/job/later", bearer(OPS), "a 1\nb 1\n").status()).isEqualTo(200));
	}

	@Test
	void showsNoSecretAnywhere(CapturedOutput output) throws IOException {
		StringBuilder seen = new StringBuilder();
		upstream.answer(200, "{\"status\":\"success\",\"data\":[]}");
		for (String header : new String[] { bearer(CI), bearer(OPS), basic("alice", PASSWORD), basic("ci", OPS),
				bearer(CI + "x"), bearer(SHARED) }) {
			for (String body : new String[] { "x 1\n", "broken" }) {
				for (String verb : new String[] { "PUT", "POST", "DELETE" }) {
					RawHttp.Answer answer = push(verb, "/metrics/job/alice-1", header, body);
					seen.append(answer.body()).append(answer.headers());
				}
			}
			RawHttp.Answer answer = delete("/api/groups?match[]=%7Bjob%3D%22a%22%7D", header);
			seen.append(answer.body()).append(answer.headers());
		}
		for (String path : new String[] { "prometheus", "health", "info", "env", "configprops", "beans" }) {
			seen.append(RawHttp.exchange(this.managementPort, "GET /actuator/" + path + " HTTP/1.1\nHost: x\n").body());
		}
		for (String path : new String[] { "/api/pushers", "/pushers", "/" }) {
			seen.append(RawHttp.exchange(this.port, "GET " + path + " HTTP/1.1\nHost: x\n" + bearer(CI)).body());
		}
		upstream.received().forEach((received) -> seen.append(received.path()).append(received.headers()));
		assertThat(seen.append(output.getAll()).toString())
			.contains("push accepted", "push refused", "reason=forbidden")
			.doesNotContain("s3cret", PASSWORD, hash(CI).substring(7), hash(OPS).substring(7), BCRYPT.substring(7),
					encoded("alice", PASSWORD), encoded("ci", OPS));
	}

	private static void eventually(Step step) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(300)).untilAsserted(step::run);
	}

	private String metrics() throws IOException {
		return RawHttp.exchange(this.managementPort, "GET /actuator/prometheus HTTP/1.1\nHost: x\n").body();
	}

	private RawHttp.Answer delete(String target, String headers) throws IOException {
		return RawHttp.exchange(this.port, "DELETE " + target + " HTTP/1.1\nHost: x\n" + headers);
	}

	private RawHttp.Answer push(String verb, String target, String headers, String body) throws IOException {
		return push(verb, target, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	private RawHttp.Answer push(String verb, String target, String headers, byte[] body) throws IOException {
		return RawHttp.exchange(this.port,
				verb + " " + target + " HTTP/1.1\nHost: x\nContent-Length: " + body.length + "\n" + headers, body);
	}

	private static JsonNode pusher(JsonNode pushers, String job) {
		for (JsonNode pusher : pushers) {
			if (job.equals(pusher.path("group").path("job").asString())) {
				return pusher;
			}
		}
		throw new AssertionError("no pusher " + job);
	}

	private static String group(String labels) {
		return "{\"labels\":{" + labels + "},\"push_time_seconds\":{\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{"
				+ labels + "},\"value\":\"1000\"}]}}";
	}

	private static String bearer(String token) {
		return "Authorization: Bearer " + token + "\n";
	}

	private static String basic(String user, String password) {
		return "Authorization: Basic " + encoded(user, password) + "\n";
	}

	private static String encoded(String user, String password) {
		return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private static String hash(String token) {
		try {
			return "sha256:" + HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] gzip(String plain) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(plain.getBytes(StandardCharsets.UTF_8));
		}
		return out.toByteArray();
	}

	private static String write(String name, String text) {
		try {
			return Files.writeString(folder.resolve(name), text).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Step {

		void run() throws IOException;

	}

}
