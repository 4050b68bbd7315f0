package io.monitoringstack.pushgatewayproxy.exposition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each body in {@code src/test/resources/exposition} stands beside the text it becomes
 * and what is dropped, or beside what its refusal says.
 */
class OpenMetricsTests {

	private static final Path FOLDER = Path.of("src", "test", "resources", "exposition");

	private static final ContentRules RULES = new ContentRules(Set.of("job"), true, 1000, ContentRules.Scope.COMPLETE);

	static Stream<String> bodies() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".openmetrics"))
				.map((name) -> name.substring(0, name.length() - ".openmetrics".length()))
				.sorted()
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void becomesTheTextOrTheRefusalBesideIt(String name) throws IOException {
		byte[] body = Files.readAllBytes(FOLDER.resolve(name + ".openmetrics"));
		Path text = FOLDER.resolve(name + ".text");
		if (!Files.exists(text)) {
			Refusal refusal = refusal(body);
			assertThat(refusal.status()).isEqualTo(400);
			assertThat(refusal.text()).contains(read(name + ".refusal"));
			return;
		}
		DecodedBody out = out();
		List<String> dropped = OpenMetrics.translate(decoded(body), out);
		assertThat(new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8)).isEqualTo(Files.readString(text));
		Path warning = FOLDER.resolve(name + ".warning");
		assertThat(String.join(" ", dropped)).isEqualTo(Files.exists(warning)
				? Files.readString(warning).replace("were dropped", "").replaceAll(",| and(?= )", "").strip() : "");
		PushContent content = ContentCheck.check(ContentKind.TEXT, out.bytes(), out.length(), RULES);
		assertThat(content.series()).isEqualTo((int) Files.readAllLines(text)
			.stream()
			.filter((line) -> !line.isEmpty() && line.charAt(0) != '#')
			.count());
	}

	@Test
	void whatIsNotOpenMetricsEndsInARefusalWhateverItIs() {
		RandomOpenMetrics bodies = new RandomOpenMetrics(11);
		Random random = new Random(12);
		int accepted = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] body = bodies.next().getBytes(StandardCharsets.UTF_8);
			if (i % 4 == 0 && body.length > 0) {
				body[random.nextInt(body.length)] = (byte) random.nextInt(256);
			}
			byte[] before = body.clone();
			try {
				DecodedBody out = out();
				OpenMetrics.translate(decoded(body), out);
				ContentCheck.check(ContentKind.TEXT, out.bytes(), out.length(), RULES);
				accepted++;
			}
			catch (RefusedException ex) {
				assertThat(ex.refusal().status()).isEqualTo(400);
			}
			assertThat(body).isEqualTo(before);
		}
		assertThat(accepted).isBetween(2_000, 18_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/openmetrics-text", "Application/OpenMetrics-Text; version=1.0.0",
			"application/openmetrics-text;version=0.0.1;charset=utf-8",
			"application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8" })
	void isToldByItsContentType(String contentType) {
		assertThat(ContentKind.of(contentType)).isEqualTo(ContentKind.OPENMETRICS);
		OpenMetrics.checkVersion(contentType);
	}

	@Test
	void refusesAVersionThatIsNotKnown() {
		String contentType = "application/openmetrics-text; version=2.0.0";
		assertThat(ContentKind.of(contentType)).isEqualTo(ContentKind.OPENMETRICS);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> OpenMetrics.checkVersion(contentType))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(415))
			.withMessageContaining("\"2.0.0\" is not known here. Push version 1.0.0");
	}

	@Test
	void doesNotOutgrowItsCap() {
		DecodedBody small = new DecodedBody(20, (bytes) -> {
		});
		byte[] body = "# TYPE a counter\n# TYPE b counter\n# EOF\n".getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> OpenMetrics.translate(decoded(body), small))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(413));
		DecodedBody cap = new DecodedBody(OpenMetrics.cap(body.length), (bytes) -> {
		});
		OpenMetrics.translate(decoded(body), cap);
		assertThat(cap.length()).isEqualTo("# TYPE a_total counter\n# TYPE b_total counter\n".length());
	}

	private static Refusal refusal(byte[] body) {
		try {
			DecodedBody out = out();
			OpenMetrics.translate(decoded(body), out);
			ContentCheck.check(ContentKind.TEXT, out.bytes(), out.length(), RULES);
		}
		catch (RefusedException ex) {
			return ex.refusal();
		}
		throw new AssertionError("it was accepted");
	}

	private static String read(String file) throws IOException {
		return Files.readString(FOLDER.resolve(file)).strip();
	}

	private static DecodedBody out() {
		return new DecodedBody(1_000_000, (bytes) -> {
		});
	}

	private static DecodedBody decoded(byte[] body) {
		DecodedBody decoded = out();
		decoded.write(body, 0, body.length);
		return decoded;
	}

}
