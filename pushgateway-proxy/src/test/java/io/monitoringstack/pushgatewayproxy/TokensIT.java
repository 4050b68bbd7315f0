package io.monitoringstack.pushgatewayproxy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.monitoringstack.pushgatewayproxy.push.PushCheck;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens and limits in front of a real Pushgateway, whoever of the two checks pushes.
 */
class TokensIT {

	private static final String TOKEN = "0123456789abcdef".repeat(4);

	private static final String BEARER = "Authorization: Bearer " + TOKEN + "\n";

	@ParameterizedTest
	@EnumSource
	void theLabelOfATokenIsOnWhatItPushesAndItDeletesOnlyThat(PushCheck check, @TempDir Path folder) throws Exception {
		Path tokens = Files.writeString(folder.resolve("tokens"),
				"ci sha256:a8ae6e6ee929abea3afcfc5258c8ccd6f85273e0d4626d26c7279f3250f77c8e jobs=ci-* label=\"team=a/b c\"\n");
		Path limits = Files.writeString(folder.resolve("limits"), "ci-few series=1\nci-* rate=100/s\n");
		String[] unchecked = (check == PushCheck.EDGE) ? new String[] { "--push.disable-consistency-check" }
				: new String[0];
		try (RealPushgateway pushgateway = RealPushgateway.start(0, unchecked);
				ConfigurableApplicationContext proxy = SpringApplication.run(PushgatewayProxyApplication.class,
						"--server.port=0", "--management.server.port=0", "--push.check=" + check,
						"--pushgateway.url=" + pushgateway.url(), "--push.tokens-file=" + tokens,
						"--push.limits-file=" + limits, "--push.bearer-token=all")) {
			int port = proxy.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			assertThat(send(port, "PUT", "/metrics/job/ci-1/l/a%20b", BEARER, "mine 1\n").status()).isEqualTo(200);
			assertThat(send(port, "PUT", "/metrics/job/ci-1/l/a%20b", "Authorization: Bearer all\n", "theirs 2\n")
				.status()).isEqualTo(200);
			assertThat(scrape(port)).contains("mine{instance=\"\",job=\"ci-1\",l=\"a b\",team=\"a/b c\"} 1",
					"theirs{instance=\"\",job=\"ci-1\",l=\"a b\"} 2");
			assertThat(send(port, "PUT", "/metrics/job/ci-few", BEARER, "a 1\nb 1\n").status()).isEqualTo(413);
			assertThat(send(port, "PUT", "/metrics/job/other", BEARER, "a 1\n").status()).isEqualTo(403);
			assertThat(scrape(port)).doesNotContain("ci-few", "job=\"other\"");
			assertThat(send(port, "DELETE", "/metrics/job/ci-1/l/a%20b", BEARER, "").status()).isEqualTo(202);
			assertThat(scrape(port)).doesNotContain("mine{").contains("theirs{");
			RawHttp.Answer selected = send(port, "DELETE", "/api/groups?match[]=%7Bjob%3D~%22.%2B%22%7D", BEARER, "");
			assertThat(selected.status()).isEqualTo(403);
			assertThat(scrape(port)).contains("theirs{");
		}
	}

	private static String scrape(int port) throws Exception {
		return RawHttp.exchange(port, "GET /metrics HTTP/1.1\nHost: x\n").body();
	}

	private static RawHttp.Answer send(int port, String verb, String target, String headers, String body)
			throws Exception {
		return RawHttp.exchange(port,
				verb + " " + target + " HTTP/1.1\nHost: x\nContent-Length: " + body.length() + "\n" + headers,
				body.getBytes(StandardCharsets.UTF_8));
	}

}
