package io.monitoringstack.stacktests.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README in two languages, and the links between all pages.
 */
class DocumentationTests {

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	@Test
	void bothLanguagesOfTheReadmeHaveTheSameHeadingsAndBlocks() {
		String english = Repository.read("README.md");
		String korean = Repository.read("README.ko.md");
		assertThat(levels(korean)).isNotEmpty().isEqualTo(levels(english));
		assertThat(Markdown.blocks(korean)).isNotEmpty().isEqualTo(Markdown.blocks(english));
		assertThat(Markdown.rows(korean)).as("tables have the same rows")
			.extracting((row) -> NAME.matcher(row.get(0)).results().map((match) -> match.group(1)).toList())
			.isEqualTo(Markdown.rows(english)
				.stream()
				.map((row) -> NAME.matcher(row.get(0)).results().map((match) -> match.group(1)).toList())
				.toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.ko.md" })
	void theReadmeListsTheAlertsWithTheirSeverity(String file) {
		Map<String, String> listed = new TreeMap<>();
		for (List<String> row : Markdown.rows(Repository.read(file))) {
			if (row.size() > 1 && row.get(1).matches("critical|warning|none")) {
				NAME.matcher(row.get(0)).results().forEach((match) -> listed.put(match.group(1), row.get(1)));
			}
		}
		Map<String, String> alerts = new TreeMap<>();
		Rule.alerts().forEach((alert) -> alerts.put(alert.name(), YamlFile.text(alert.labels(), "severity")));
		assertThat(listed).isEqualTo(alerts);
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.ko.md" })
	void theReadmeAsksForTheMemoryAndDiskThatDoctorLooksFor(String file) {
		List<String> gigabytes = Pattern.compile("MIN_(?:MEMORY|DISK|DISK_COMPILING)_MB=(\\d+)000\\b")
			.matcher(Repository.read("scripts/doctor.sh"))
			.results()
			.map((match) -> match.group(1) + " GB")
			.toList();
		assertThat(gigabytes).hasSize(3);
		assertThat(Repository.read(file)).containsSubsequence(gigabytes);
	}

	@ParameterizedTest
	@MethodSource("pages")
	void itsLinksLeadToFilesThatExist(String page) {
		Path file = Repository.path(page);
		assertThat(Markdown.links(Repository.read(file)))
			.allSatisfy((link) -> assertThat(Files.exists(file.resolveSibling(link))).as(link).isTrue());
	}

	private static List<Integer> levels(String text) {
		return Markdown.headings(text).stream().map((heading) -> heading.indexOf(' ')).toList();
	}

	private static Stream<String> pages() {
		return Repository.filesBelow("", ".md").stream().map((file) -> Repository.ROOT.relativize(file).toString());
	}

}
