package io.monitoringstack.pushgatewayproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "management.server.port=0",
		"push.check=upstream", "push.mode=replace", "push.max-bytes=64KB", "push.max-in-flight-bytes=192KB" })
class OpenMetricsPushTests {

	private static final FakePushgateway upstream = FakePushgateway.start();

	private static final String TYPE = "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\n";

	private static final String BODY = "# TYPE rows counter\n# UNIT rows rows\nrows_total 7 # {trace_id=\"abc\"} 1\nrows_created 1.7e9\n# EOF\n";

	private static final String TRANSLATED = "# TYPE rows_total counter\n\nrows_total 7\n\n";

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
	@CsvSource({ "PUT,identity", "POST,identity", "PUT,gzip", "POST,snappy" })
	void goesOnAsTextWithItsOwnLengthAndType(String verb, String encoding) throws IOException {
		byte[] plain = BODY.getBytes(StandardCharsets.UTF_8);
		byte[] sent = switch (encoding) {
			case "gzip" -> gzip(plain);
			case "snappy" -> SnappyFrames.uncompressed(plain);
			default -> plain;
		};
		RawHttp.Answer answer = push(verb, TYPE + "Content-Encoding: " + encoding + "\n", sent);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers()).containsEntry("x-push-warning", "exemplars, units and _created were dropped");
		assertThat(upstream.last().method()).isEqualTo(verb);
		assertThat(upstream.last().text()).isEqualTo(TRANSLATED);
		assertThat(upstream.last().headers()).doesNotContainKey("Content-encoding")
			.containsEntry("Content-length", List.of("" + TRANSLATED.length()))
			.containsEntry("Content-type", List.of("text/plain; version=0.0.4; charset=utf-8"));
	}

	@Test
	void warnsOnlyOfWhatWasDropped() throws IOException {
		RawHttp.Answer whole = push("POST", TYPE, "# TYPE a gauge\na 1\n# EOF\n");
		assertThat(whole.status()).isEqualTo(200);
		assertThat(whole.headers()).doesNotContainKey("x-push-warning");
		RawHttp.Answer created = push("POST", TYPE, "# TYPE a counter\na_total 1\na_created 1\n# EOF\n");
		assertThat(created.headers()).containsEntry("x-push-warning", "_created were dropped");
		upstream.answer(400, "no");
		RawHttp.Answer refused = push("POST", TYPE, BODY);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.body()).isEqualTo("no");
		assertThat(refused.headers()).doesNotContainKey("x-push-warning");
	}

	@Test
	void aRefusalTeachesAndNothingGoesOn() throws IOException {
		RawHttp.Answer cut = push("PUT", TYPE, "# TYPE a gauge\na 1\n");
		assertThat(cut.status()).isEqualTo(400);
		assertThat(cut.headers().get("content-type")).startsWith("text/plain");
		assertThat(cut.body()).contains("OpenMetrics parsing error in line 3, column 1: the last line is not # EOF.",
				"Add it, or push with Content-Type: text/plain");
		assertThat(push("PUT", "Content-Type: application/openmetrics-text; version=2.0.0\n", BODY).status())
			.isEqualTo(415);
		RawHttp.Answer asText = push("PUT", "Content-Type: text/plain\n", BODY);
		assertThat(asText.status()).isEqualTo(400);
		assertThat(asText.body()).contains("exemplar", "with Content-Type: application/openmetrics-text");
		assertThat(upstream.received()).isEmpty();
	}

	@Test
	void theTranslationIsPaidForAndGivenBack() throws IOException {
		StringBuilder body = new StringBuilder();
		for (int i = 0; body.length() < 65_000; i++) {
			body.append("# TYPE c").append(i).append(" counter\n");
		}
		body.append("# EOF\n");
		assertThat(push("POST", TYPE, body.toString()).status()).as("it grows beyond the limit for what is sent")
			.isEqualTo(200);
		assertThat(upstream.last().body().length).isGreaterThan(65_536);
		assertThat(push("POST", TYPE, body + "# EOF\n" + " ".repeat(1000)).status()).isEqualTo(413);
		assertThat(RawHttp.exchange(this.managementPort, "GET /actuator/prometheus HTTP/1.1\nHost: x\n").body())
			.contains("pushgateway_proxy_memory_bytes 0.0");
	}

	@Test
	void thePusherIsShownWithTheFormatItUsed() throws IOException {
		push("POST", TYPE, BODY);
		assertThat(RawHttp.exchange(this.port, "GET /api/pushers HTTP/1.1\nHost: x\n").body())
			.contains("\"format\":\"openmetrics\"");
	}

	private RawHttp.Answer push(String verb, String headers, String body) throws IOException {
		return push(verb, headers, body.getBytes(StandardCharsets.UTF_8));
	}

	private RawHttp.Answer push(String verb, String headers, byte[] body) throws IOException {
		return RawHttp.exchange(this.port,
				verb + " /metrics/job/om HTTP/1.1\nHost: x\nContent-Length: " + body.length + "\n" + headers, body);
	}

	private static byte[] gzip(byte[] plain) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(plain);
		}
		return out.toByteArray();
	}

}
