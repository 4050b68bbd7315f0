package io.monitoringstack.stacktests.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The arithmetic of the objectives: a burn rate, held for its window, spends the share of
 * a month's error budget that the Site Reliability Workbook names.
 */
class ObjectivesTests {

	private static final Duration MONTH = Duration.ofDays(30);

	private static final Pattern CONDITION = Pattern
		.compile("slo:error:ratio_rate(\\w+) / slo:error_budget:ratio > scalar\\((threshold:[\\w:]+)\\)");

	private static final List<String> RECORDED = List.of("slo:objective:ratio", "slo:events:rate5m",
			"slo:errors:rate5m");

	@ParameterizedTest
	@CsvSource({ "SLOBudgetBurnFast, threshold:slo_burn_1h:ratio, 1h, 5m, 2", //
			"SLOBudgetBurnFast, threshold:slo_burn_6h:ratio, 6h, 30m, 5", //
			"SLOBudgetBurnSlow, threshold:slo_burn_1d:ratio, 1d, 2h, 10", //
			"SLOBudgetBurnSlow, threshold:slo_burn_3d:ratio, 3d, 6h, 10" })
	void burnRateTimesWindowIsTheBudgetSpent(String alert, String threshold, String window, String shortWindow,
			double percent) {
		List<String> windows = CONDITION.matcher(rule(alert).expression())
			.results()
			.filter((match) -> match.group(2).equals(threshold))
			.map((match) -> match.group(1))
			.toList();
		assertThat(windows).containsExactly(window, shortWindow);
		double rate = Objects.requireNonNull(Thresholds.recorded().get(threshold));
		assertThat(100 * rate * duration(window).toSeconds() / MONTH.toSeconds()).isCloseTo(percent, within(1e-9));
		assertThat(duration(window)).as("the short window is a twelfth")
			.isEqualTo(duration(shortWindow).multipliedBy(12));
	}

	@Test
	void eachAlertHasNoOtherConditions() {
		assertThat(CONDITION.matcher(rule("SLOBudgetBurnFast").expression()).results()).hasSize(4);
		assertThat(CONDITION.matcher(rule("SLOBudgetBurnSlow").expression()).results()).hasSize(4);
	}

	@ParameterizedTest
	@MethodSource("objectives")
	void anObjectiveRecordsThreeSeriesUnderItsNameAndCanBeChangedLocally(String file) {
		String name = file.substring("slo-".length(), file.length() - ".yml".length());
		List<Rule> rules = Rule.all().stream().filter((rule) -> rule.file().equals(file)).toList();
		assertThat(rules).extracting(Rule::name).containsExactlyElementsOf(RECORDED);
		assertThat(rules).extracting(Rule::labels).allSatisfy((labels) -> {
			assertThat(labels).containsOnlyKeys("slo", "service").containsEntry("slo", name);
			assertThat(Compose.services()).containsKey(YamlFile.text(labels, "service"));
		});
		assertThat(rules.get(0).expression())
			.matches("max\\(local:slo:objective:ratio\\{slo=\"%s\"}\\) or vector\\(0[.]9\\d*\\)".formatted(name));
	}

	@Test
	void thereAreObjectivesForTheApplicationAndForBothWaysThroughTheStack() {
		assertThat(objectives()).contains("slo-demo-app-availability.yml", "slo-demo-app-latency.yml",
				"slo-alert-delivery.yml", "slo-push-acceptance.yml");
	}

	/**
	 * A rule that is made once for all of them must not lose what tells them apart.
	 */
	@Test
	void nothingAboutAllObjectivesNamesOne() {
		Map<String, List<String>> shared = Map.of("objectives.yml", List.of("SLOBudgetBurnFast"), "objectives-slow.yml",
				List.of("SLOBudgetBurnSlow"));
		shared.forEach((file, alerts) -> {
			assertThat(Rule.alerts().filter((rule) -> rule.file().equals(file)).map(Rule::name))
				.containsExactlyElementsOf(alerts);
			assertThat(Rule.all().stream().filter((rule) -> rule.file().equals(file)).map(Rule::expression))
				.allSatisfy((expression) -> assertThat(expression).doesNotContain("slo=", "service="));
		});
	}

	private static Rule rule(String name) {
		return Rule.alerts().filter((rule) -> rule.name().equals(name)).findFirst().orElseThrow();
	}

	private static Duration duration(String text) {
		return Duration.parse((text.endsWith("d") ? "P" : "PT") + text);
	}

	private static Stream<String> objectives() {
		return Repository.files(Rule.FOLDER, ".yml")
			.stream()
			.map(Repository::name)
			.filter((name) -> name.startsWith("slo-"));
	}

}
