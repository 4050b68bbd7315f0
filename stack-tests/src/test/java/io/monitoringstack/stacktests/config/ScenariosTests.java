package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The troubles that {@code ScenariosIT} makes.
 */
class ScenariosTests {

	private static final List<Map<String, Object>> SCENARIOS = new Yaml()
		.load(Repository.read("stack-tests/src/test/resources/scenarios.yml"));

	@Test
	void everyScenarioIsToldByAnAlertThatExists() {
		assertThat(Rule.alerts().map(Rule::name).toList())
			.containsAll(SCENARIOS.stream().map((one) -> (String) one.get("alert")).toList());
		assertThat(SCENARIOS).extracting((one) -> one.get("key")).doesNotHaveDuplicates();
	}

	/**
	 * Every switch of the demo application, and a stopped container of every kind.
	 */
	@Test
	void everySwitchAndEveryKindOfAbsenceIsAmongThem() {
		assertThat(SCENARIOS).extracting((one) -> one.get("key"))
			.contains("errors", "latency", "cpu", "memory", "database", "demo-app", "postgres", "redis",
					"node-exporter", "pushgateway", "nginx", "batch-failed", "batch-overdue", "push-rejected", "probe");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "README.md,en", "README.ko.md,ko" })
	void theReadmesSayForEachWhichAlertTellsOfItAndHowSoon(String readme, String language) {
		List<List<String>> rows = Markdown.rows(Repository.read(readme));
		for (Map<String, Object> scenario : SCENARIOS) {
			List<List<String>> found = rows.stream()
				.filter((row) -> row.get(0).equals(scenario.get(language)))
				.toList();
			assertThat(found).as("rows of '%s' in %s", scenario.get(language), readme).hasSize(1);
			assertThat(found.get(0).get(1)).isEqualTo("`%s`".formatted(scenario.get("alert")));
			assertThat(found.get(0).get(2)).as("seconds of '%s'", scenario.get(language)).matches("\\d+");
		}
	}

}
