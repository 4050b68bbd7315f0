package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What promtool does not ask of a rule: a test, words in two languages, a tier with its
 * reason.
 */
class RulesTests {

	/**
	 * Seed of alert fatigue: more alerts than this are not read.
	 */
	private static final int MOST_ALERTS = 20;

	/**
	 * About two lines on a phone.
	 */
	private static final int LONGEST_SUMMARY = 80;

	private static final int LONGEST_DESCRIPTION = 200;

	private static final Set<String> ANNOTATIONS = Set.of("summary", "description", "summary_ko", "description_ko",
			"value", "runbook_url");

	@Test
	void thereAreFewAlertsThatSomebodyMustActOnAndNoTwoOfOneName() {
		assertThat(alerts().map(Rule::name)).isNotEmpty().doesNotHaveDuplicates();
		assertThat(alerts().filter((alert) -> !alert.labels().containsKey("selftest"))
			.filter((alert) -> !"none".equals(alert.labels().get("severity")))
			.map(Rule::name)).hasSizeLessThan(MOST_ALERTS);
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void everyAlertSaysHowUrgentItIs(Rule alert) {
		// The one that fires while all is well is urgent for nobody.
		assertThat(YamlFile.text(alert.labels(), "severity"))
			.isIn(alert.name().equals("Watchdog") ? List.of("none") : List.of("critical", "warning"));
		assertThat(YamlFile.text(alert.labels(), "tier")).isIn("P0", "P1", "P2");
		assertThat(alert.source()).containsKey("for");
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void everyAlertArguesItsTierAndItsDuration(Rule alert) {
		List<String> lines = Repository.read(Rule.FOLDER + "/" + alert.file())
			.lines()
			.map(String::strip)
			.dropWhile((line) -> !line.equals("- alert: " + alert.name()))
			.toList();
		assertThat(lineAbove(lines, "tier:")).startsWith("# " + alert.labels().get("tier") + ":");
		assertThat(lineAbove(lines, "for:")).startsWith("# ");
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void everyAlertSpeaksBothLanguagesShortly(Rule alert) {
		assertThat(alert.annotations()).containsOnlyKeys(ANNOTATIONS);
		for (String key : List.of("summary", "description")) {
			assertThat(alert.annotation(key)).as(key).isNotBlank().endsWith(".").matches("\\p{ASCII}+");
			assertThat(alert.annotation(key + "_ko")).as(key + "_ko").matches(".*[가-힣].*");
		}
		for (String language : List.of("", "_ko")) {
			assertThat(plain(alert.annotation("summary" + language))).hasSizeLessThanOrEqualTo(LONGEST_SUMMARY);
			assertThat(plain(alert.annotation("description" + language))).hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
			assertThat(alert.annotation("description" + language)).as("names its job or service")
				.containsPattern("\\$labels[.](job|service)");
		}
		assertThat(alert.annotation("value")).contains("$value");
		assertThat(alert.annotation("runbook_url")).isEqualTo("docs/runbooks/%s.md".formatted(alert.name()));
	}

	@ParameterizedTest
	@MethodSource("alerts")
	void everyAlertIsSeenQuietFiringAndEndingInItsTests(Rule alert) {
		List<List<Map<String, Object>>> seen = tests(alert)
			.flatMap((test) -> YamlFile.maps(test, "alert_rule_test")
				.stream()
				.filter((check) -> alert.name().equals(check.get("alertname")))
				.map((check) -> YamlFile.maps(check, "exp_alerts")))
			.toList();
		List<Map<String, Object>> firing = seen.stream().flatMap(List::stream).toList();
		assertThat(firing).as("fires").isNotEmpty();
		assertThat(firing).as("labels and annotations are compared").allSatisfy((one) -> {
			assertThat(YamlFile.map(one, "exp_labels")).containsKeys("severity", "tier");
			assertThat(YamlFile.map(one, "exp_annotations")).containsOnlyKeys(ANNOTATIONS);
		});
		boolean[] quietBeforeAndAfter = { false };
		tests(alert).forEach((test) -> {
			List<Boolean> states = YamlFile.maps(test, "alert_rule_test")
				.stream()
				.filter((check) -> alert.name().equals(check.get("alertname")))
				.map((check) -> !YamlFile.maps(check, "exp_alerts").isEmpty())
				.toList();
			int first = states.indexOf(true);
			quietBeforeAndAfter[0] |= first > 0 && states.lastIndexOf(false) > first;
		});
		assertThat(quietBeforeAndAfter[0]).as("one test shows it quiet, firing, quiet again").isTrue();
	}

	@ParameterizedTest
	@MethodSource("recordings")
	void everyRecordedSeriesIsReadByATest(Rule recording) {
		assertThat(tests(recording).flatMap((test) -> YamlFile.maps(test, "promql_expr_test").stream())
			.flatMap((check) -> Promql.metrics(YamlFile.text(check, "expr")).stream())).contains(recording.name());
	}

	@Test
	void noTestIsAboutAnAlertThatDoesNotExist() {
		Set<String> tested = Repository.files(Rule.FOLDER + "/tests", ".yml")
			.stream()
			.flatMap((file) -> YamlFile.maps(YamlFile.read(file), "tests").stream())
			.flatMap((test) -> YamlFile.maps(test, "alert_rule_test").stream())
			.map((check) -> YamlFile.text(check, "alertname"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(tested).isEqualTo(alerts().map(Rule::name).collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void everyTestHasASentenceAsItsName() {
		Repository.files(Rule.FOLDER + "/tests", ".yml")
			.forEach((file) -> assertThat(YamlFile.maps(YamlFile.read(file), "tests"))
				.allSatisfy((test) -> assertThat(YamlFile.text(test, "name")).contains(" ")));
	}

	/**
	 * And the thresholds, which come first: promtool takes groups in any order unless it
	 * is told one.
	 */
	@ParameterizedTest
	@MethodSource("ruleFiles")
	void theTestsOfAFileReadItAndTheThresholdsThatItNeeds(String file) {
		Map<String, Object> tests = YamlFile.read(Rule.FOLDER + "/tests/" + file.replace(".yml", "_test.yml"));
		List<Rule> rules = Rule.all().stream().filter((rule) -> rule.file().equals(file)).toList();
		if (!file.equals(Thresholds.FILE) && rules.stream().anyMatch((rule) -> !Thresholds.readBy(rule).isEmpty())) {
			assertThat(YamlFile.list(tests, "rule_files")).containsExactly("../" + Thresholds.FILE, "../" + file);
			assertThat(YamlFile.<String>list(tests, "group_eval_order")).first().isEqualTo("thresholds.rules");
			assertThat(YamlFile.<String>list(tests, "group_eval_order").stream().skip(1))
				.containsExactlyElementsOf(rules.stream().map(Rule::group).distinct().toList());
		}
		else {
			assertThat(YamlFile.list(tests, "rule_files")).containsExactly("../" + file);
		}
	}

	@Test
	void everyTestFileIsAboutAFileOfRules() {
		assertThat(Repository.files(Rule.FOLDER + "/tests", ".yml").stream().map(Repository::name))
			.containsExactlyElementsOf(ruleFiles().map((file) -> file.replace(".yml", "_test.yml")).toList());
	}

	private static Stream<Map<String, Object>> tests(Rule rule) {
		return YamlFile.maps(YamlFile.read(rule.testFile()), "tests").stream();
	}

	/**
	 * The text as it is about to be read: what a template puts in stands as one word.
	 */
	private static String plain(String text) {
		return text.replaceAll("\\{\\{ (with|if|else|end).*?}}", "").replaceAll("\\{\\{.*?}}", "some-value");
	}

	private static String lineAbove(List<String> lines, String start) {
		for (int i = 1; i < lines.size(); i++) {
			if (lines.get(i).startsWith(start)) {
				return lines.get(i - 1);
			}
		}
		return "";
	}

	private static Stream<String> ruleFiles() {
		return Repository.files(Rule.FOLDER, ".yml").stream().map(Repository::name);
	}

	private static Stream<Rule> alerts() {
		return Rule.alerts();
	}

	private static Stream<Rule> recordings() {
		return Rule.recordings();
	}

}
