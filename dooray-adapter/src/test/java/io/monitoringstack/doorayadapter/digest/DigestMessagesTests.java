package io.monitoringstack.doorayadapter.digest;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.message.DigestFacts;
import io.monitoringstack.doorayadapter.message.DigestMessages;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a digest looks like, in both languages. See the README for how to renew the files.
 */
class DigestMessagesTests {

	private static final Path FOLDER = Path.of("src/test/resources/golden-digest");

	private static final Instant NOW = Instant.parse("2026-11-28T00:00:10Z");

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	@ParameterizedTest
	@EnumSource
	void tellsWhatFiresWhatWasToldMostAndWhatIsSilenced(Language language) throws Exception {
		compare("busy", language,
				new DigestFacts(true,
						List.of(firing(Severity.WARNING, "DiskAlmostFull", "db-01", "2026-11-20T00:00:00Z"),
								firing(Severity.CRITICAL, "InstanceDown", "web-02", "2026-11-27T23:48:00Z"),
								firing(Severity.CRITICAL, "HighErrorRate", "", "2026-11-27T11:00:00Z"),
								new DigestFacts.Firing(Severity.UNKNOWN, "", "web-03", null)),
						List.of(new DigestFacts.Silence("alertname=HighCpu, instance=~web-.*", "kim@example.com",
								"batch until Monday", Instant.parse("2026-11-30T00:00:00Z"), 3),
								new DigestFacts.Silence("team!=web", "", "", Instant.parse("2026-11-28T03:00:00Z"), 0)),
						told(), Instant.parse("2026-11-27T09:00:10Z")));
	}

	@ParameterizedTest
	@EnumSource
	void saysThatAllIsQuiet(Language language) throws Exception {
		compare("quiet", language,
				new DigestFacts(true, List.of(), List.of(), Map.of(), Instant.parse("2026-11-27T09:00:10Z")));
	}

	@ParameterizedTest
	@EnumSource
	void saysThatAlertmanagerDoesNotAnswer(Language language) throws Exception {
		compare("unreachable", language,
				new DigestFacts(false, List.of(), List.of(), told(), Instant.parse("2026-11-27T09:00:10Z")));
	}

	@ParameterizedTest
	@EnumSource
	void countsWhatDoesNotFitAndIsCleanOfOthersMarks(Language language) throws Exception {
		List<DigestFacts.Firing> many = IntStream.range(0, 300)
			.mapToObj((i) -> firing(Severity.values()[i % 4], "Alert" + i + " [x](dooray://1/members/2)",
					"host-" + i + "-" + "가".repeat(80), NOW.minus(Duration.ofMinutes(i)).toString()))
			.toList();
		compare("crowded", language,
				new DigestFacts(true, many,
						List.of(new DigestFacts.Silence("a=" + "b".repeat(500), "x".repeat(200), "c\nd\u202E", NOW, 1)),
						told(), Instant.parse("2025-12-31T09:00:10Z")));
	}

	private static Map<String, Integer> told() {
		Map<String, Integer> told = new LinkedHashMap<>();
		told.put("HighErrorRate", 1200);
		told.put("InstanceDown", 3);
		return told;
	}

	private static DigestFacts.Firing firing(Severity severity, String name, String target, String startsAt) {
		return new DigestFacts.Firing(severity, name, target, Instant.parse(startsAt));
	}

	private static void compare(String name, Language language, DigestFacts facts) throws IOException {
		MessageSettings settings = new MessageSettings(language, ZoneId.of("Asia/Seoul"), "Alertmanager", Set.of(),
				new MessageSettings.Limits(2000, 15, 8192, 5));
		PublicUrls urls = new PublicUrls(URI.create("https://mon.example.com/alertmanager"), null, null, null);
		String actual = JSON.writeValueAsString(new DigestMessages(settings, urls).of(facts, NOW)) + "\n";
		Path file = FOLDER.resolve(name + "." + language.name().toLowerCase(Locale.ROOT) + ".expected.json");
		if (Boolean.getBoolean("golden.update")) {
			Files.createDirectories(FOLDER);
			Files.writeString(file, actual);
		}
		assertThat(actual).isEqualTo(Files.readString(file)).doesNotContain("dooray://");
		assertThat(actual.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(9000);
	}

}
