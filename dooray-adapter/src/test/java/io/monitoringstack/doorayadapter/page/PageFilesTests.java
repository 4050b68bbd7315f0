package io.monitoringstack.doorayadapter.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.monitoringstack.doorayadapter.delivery.DeliveryReport;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.routing.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class PageFilesTests {

	private static final Path FILES = Path.of("src", "main", "resources", "static");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

	@Test
	void bothLanguagesHaveTheSameTextsWithTheSamePlaceholders() throws IOException {
		JsonNode korean = texts("ko");
		JsonNode english = texts("en");
		assertThat(korean.propertyNames()).containsExactlyInAnyOrderElementsOf(english.propertyNames());
		for (String key : english.propertyNames()) {
			assertThat(placeholders(korean, key)).as(key).isEqualTo(placeholders(english, key));
			assertThat(korean.get(key).stringValue()).as(key).isNotBlank();
		}
	}

	@Test
	void thePageAsksOnlyForTextsThatExist() throws IOException {
		String html = Files.readString(FILES.resolve("index.html"));
		Set<String> wanted = Pattern.compile("data-i18n(?:-label)?=\"([^\"]+)\"")
			.matcher(html)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		for (Path script : scripts().toList()) {
			Pattern.compile("\\bt\\('([^']+)'")
				.matcher(Files.readString(script))
				.results()
				.forEach((match) -> wanted.add(match.group(1)));
		}
		assertThat(wanted).hasSizeGreaterThan(40);
		assertThat(texts("en").propertyNames()).containsAll(wanted);
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void noScriptTurnsTextIntoMarkupOrCode(Path script) throws IOException {
		assertThat(Files.readString(script)).doesNotContainPattern(
				"innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|setAttribute\\('style'");
	}

	@Test
	void theMarkupHoldsNoScriptNoStyleAndNothingForeign() throws IOException {
		String html = Files.readString(FILES.resolve("index.html"));
		assertThat(html).doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son\\w+=|https?://");
	}

	@Test
	void whatTheServiceSaysHasItsWordsOnThePage() throws IOException {
		Set<String> words = new TreeSet<>();
		Stream.of(FailureReason.values()).forEach((reason) -> words.add("reason." + reason.label()));
		Stream.of(DeliveryReport.Result.values()).forEach((result) -> words.add("outcome." + word(result)));
		Stream.of(Route.Reason.values()).forEach((reason) -> words.add("why." + word(reason).replace('_', '-')));
		Stream.of(Hook.Role.values())
			.filter((role) -> role != Hook.Role.SIMULATOR)
			.forEach((role) -> words.add("via." + word(role)));
		samples().forEach((sample) -> words.add("sample." + sample));
		assertThat(words).hasSizeGreaterThan(25);
		assertThat(texts("en").propertyNames()).containsAll(words);
	}

	@Test
	void thePageOffersEverySampleThereIs() throws IOException {
		String script = Files.readString(FILES.resolve("page/js/preview.js"));
		assertThat(samples()).hasSizeGreaterThan(5)
			.allSatisfy((sample) -> assertThat(script).contains("'" + sample + "'"));
	}

	static List<String> samples() throws IOException {
		try (Stream<Path> files = Files.list(FILES.resolve("page/samples"))) {
			return files.map((file) -> file.getFileName().toString().replace(".json", "")).toList();
		}
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static Stream<Path> scripts() throws IOException {
		try (Stream<Path> files = Files.list(FILES.resolve("page/js"))) {
			return List.copyOf(files.toList()).stream();
		}
	}

	private static JsonNode texts(String language) throws IOException {
		return JsonMapper.shared().readTree(Files.readString(FILES.resolve("page/i18n").resolve(language + ".json")));
	}

	private static Set<String> placeholders(JsonNode texts, String key) {
		return PLACEHOLDER.matcher(texts.get(key).stringValue())
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
