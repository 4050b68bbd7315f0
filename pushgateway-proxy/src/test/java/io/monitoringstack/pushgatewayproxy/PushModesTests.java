package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "push.mode=replace", "push.bearer-token=s3cret-token",
				"logging.level.push=debug" })
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
	void showsTheTokenNowhere(CapturedOutput output) throws IOException {
		StringBuilder seen = new StringBuilder();
		seen.append(request("PUT", BEARER, "broken").body());
		seen.append(request("PUT", BEARER + "X: y\n", "x 1\n").body());
		seen.append(request("PUT", "Authorization: Bearer s3cret-tokenX\n", "x 1\n").body());
		for (String path : new String[] { "prometheus", "health", "info", "env", "configprops" }) {
			seen.append(RawHttp.exchange(this.managementPort, "GET /actuator/" + path + " HTTP/1.1\nHost: x\n").body());
		}
		assertThat(seen.append(output.getAll()).toString()).contains("push refused").doesNotContain("s3cret-token");
	}

	private RawHttp.Answer request(String verb, String headers, String body) throws IOException {
		return RawHttp.exchange(this.port,
				verb + " /metrics/job/x/l/a%25b HTTP/1.1\nHost: x\nContent-Length: " + body.length() + "\n" + headers,
				body.getBytes(StandardCharsets.UTF_8));
	}

}
