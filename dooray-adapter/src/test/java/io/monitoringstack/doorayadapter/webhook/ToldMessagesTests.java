package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.Notices;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares with files what messages say when something was told before or several groups
 * leave together, in both languages. Written and read as in {@link GoldenMessagesTests}.
 */
class ToldMessagesTests {

	private static final Path FOLDER = Path.of("src/test/resources/golden-told");

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(SerializationFeature.INDENT_OUTPUT)
		.build();

	private static final String BEFORE = group("k", alert("firing", "a1", "NodeDown", "critical", "web-01"),
			alert("firing", "b2", "NodeDown", "critical", "web-02"));

	@ParameterizedTest
	@EnumSource
	void aChangeNamesWhatIsNewResolvedAndOngoing(Language language) throws Exception {
		String after = group("k", alert("firing", "a1", "NodeDown", "critical", "web-01"),
				alert("resolved", "b2", "NodeDown", "critical", "web-02"),
				alert("firing", "c3", "NodeDown", "critical", "web-03"));
		compare("changed", language, format(language, after, remarks(after, 0, false)).message());
	}

	@ParameterizedTest
	@EnumSource
	void aReminderIsNumberedAndShort(Language language) throws Exception {
		compare("reminder", language, format(language, BEFORE, remarks(BEFORE, 3, false)).message());
	}

	@ParameterizedTest
	@EnumSource
	void whatMayHaveArrivedIsMarked(Language language) throws Exception {
		compare("resent", language, format(language, BEFORE, new Remarks("", "", true, Changes.UNKNOWN)).message());
	}

	@ParameterizedTest
	@EnumSource
	void aFewGroupsLeaveTogetherAsTheyAre(Language language) throws Exception {
		Notices notices = new Notices(false, null,
				new Notices.Missed(Duration.ofMinutes(7), 9, List.of("DiskFull", "BatchJobFailed")));
		compare("packed-whole", language, packer(language).pack(groups(language, 3), notices).message());
	}

	@ParameterizedTest
	@EnumSource
	void manyGroupsLeaveAsOneCardEach(Language language) throws Exception {
		MessagePacker.Packed packed = packer(language).pack(groups(language, 30), Notices.NONE);
		assertThat(packed.groups()).isBetween(8, 15);
		compare("packed-cards", language, packed.message());
	}

	@ParameterizedTest
	@EnumSource
	void aStormIsCounted(Language language) throws Exception {
		compare("storm", language, packer(language).digest(groups(language, 200), new Notices(true, null, null)));
	}

	@ParameterizedTest
	@EnumSource
	void theEndOfAStormIsTold(Language language) throws Exception {
		Notices over = new Notices(false, new Notices.Storm(Duration.ofSeconds(95), 1200, 7), null);
		compare("storm-over", language, packer(language).only(over));
	}

	private static List<FormattedMessage> groups(Language language, int count) throws Exception {
		List<FormattedMessage> groups = new ArrayList<>();
		for (int i : IntStream.range(0, count).toArray()) {
			String body = group("k" + i,
					alert((i % 7 == 6) ? "resolved" : "firing", "f" + i, (i % 3 == 0) ? "NodeDown" : "DiskFull",
							(i < 2) ? "critical" : "warning", "host-" + i),
					alert("firing", "e" + i, "NodeDown", "warning", "host-" + i % 5));
			groups.add(format(language, body, Remarks.NONE));
		}
		return groups;
	}

	private static Remarks remarks(String after, int repeats, boolean resent) throws Exception {
		AlertStates before = TestBodies.read(BEFORE).tally().states();
		Changes changes = TestBodies.read(after).tally().states().since(before);
		return new Remarks("", "", resent, changes.repeated(repeats));
	}

	private static FormattedMessage format(Language language, String body, Remarks remarks) throws Exception {
		WebhookMessage message = TestBodies.read(body);
		return new MessageFormatter(settings(language),
				new PublicUrls(URI.create("https://mon.example.com/alertmanager/"), null, null, null))
			.format(message, remarks, NOW);
	}

	private static MessagePacker packer(Language language) {
		return new MessagePacker(settings(language));
	}

	private static MessageSettings settings(Language language) {
		return new MessageSettings(language, ZoneId.of("Asia/Seoul"), "Alertmanager", Set.of("job"),
				new MessageSettings.Limits(2000, 15, 8192, 5));
	}

	private static String group(String key, String... alerts) {
		return "{\"version\":\"4\",\"groupKey\":\"%s\",\"receiver\":\"ops\",\"alerts\":[%s]}".formatted(key,
				String.join(",", alerts));
	}

	private static String alert(String status, String fingerprint, String name, String severity, String host) {
		return """
				{"status":"%s","labels":{"alertname":"%s","severity":"%s","instance":"%s"},
				"annotations":{"summary":"%s: %s","description":"It does not answer."},
				"startsAt":"2026-11-21T11:00:00Z","endsAt":"2026-11-21T11:30:00Z","fingerprint":"%s"}"""
			.formatted(status, name, severity, host, host, name, fingerprint);
	}

	private static void compare(String name, Language language, DoorayMessage message) throws Exception {
		String actual = JSON.writeValueAsString(message) + "\n";
		assertThat(actual.length()).isLessThan(12_000);
		Path file = FOLDER.resolve(name + "." + language.name().toLowerCase(Locale.ROOT) + ".expected.json");
		if (Boolean.getBoolean("golden.update")) {
			Files.writeString(file, actual);
		}
		assertThat(actual).isEqualTo(Files.readString(file));
	}

}
