package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares whole messages with files, in both languages. A new case is a webhook body
 * <code>NAME.json</code>; run the tests with <code>-Dgolden.update=true</code> to write
 * what is expected, then read the diff as an operator would. Names that start with
 * <code>bare-</code> are formatted with no public address set.
 */
class GoldenMessagesTests {

	private static final Path FOLDER = Path.of("src/test/resources/golden");

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

	private static final PublicUrls PUBLIC = new PublicUrls(URI.create("https://mon.example.com/alertmanager/"),
			URI.create("https://mon.example.com/prometheus/"), URI.create("https://mon.example.com/"),
			URI.create("https://git.example.com/ops/blob/main/"), "loki");

	private static final PublicUrls BARE = new PublicUrls(null, null, null, null);

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	static Stream<String> names() throws IOException {
		return Files.list(FOLDER)
			.map((file) -> file.getFileName().toString())
			.filter((name) -> name.endsWith(".json") && !name.endsWith(".expected.json"))
			.map((name) -> name.substring(0, name.length() - ".json".length()))
			.sorted();
	}

	@ParameterizedTest
	@MethodSource("names")
	void writesWhatIsExpectedInKorean(String name) throws Exception {
		compare(name, Language.KO);
	}

	@ParameterizedTest
	@MethodSource("names")
	void writesWhatIsExpectedInEnglish(String name) throws Exception {
		compare(name, Language.EN);
	}

	@Test
	void hasNoExpectationWithoutItsCase() throws IOException {
		assertThat(names().count()).isGreaterThanOrEqualTo(30);
		assertThat(Files.list(FOLDER)).hasSize((int) names().count() * 3);
	}

	private static void compare(String name, Language language) throws Exception {
		String actual = JSON.writeValueAsString(format(name, language)) + "\n";
		Path file = FOLDER.resolve(name + "." + language.name().toLowerCase(java.util.Locale.ROOT) + ".expected.json");
		if (Boolean.getBoolean("golden.update")) {
			Files.writeString(file, actual);
		}
		assertThat(actual).isEqualTo(Files.readString(file));
	}

	private static DoorayMessage format(String name, Language language) throws Exception {
		MessageSettings settings = new MessageSettings(language, ZoneId.of("Asia/Seoul"), "Alertmanager",
				Set.of("job", "grafana_folder"), new MessageSettings.Limits(2000, 15, 8192, 5));
		WebhookMessage message = TestBodies.read(Files.readAllBytes(FOLDER.resolve(name + ".json")));
		return new MessageFormatter(settings, name.startsWith("bare-") ? BARE : PUBLIC)
			.format(message, Remarks.NONE, CLOCK.instant())
			.message();
	}

}
