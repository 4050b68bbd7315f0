package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A threshold that is not recorded would disarm its alert without a word: nothing is
 * greater than the scalar of nothing.
 */
class ThresholdsTests {

	/**
	 * What a rule may compare with by itself: a state rather than a figure somebody might
	 * change.
	 */
	private static final Pattern FIGURE = Pattern.compile("[<>=]=?\\s*(?<figure>\\d[\\d.]*)");

	@Test
	void everyThresholdThatIsReadIsRecordedAndNoneInVain() {
		Set<String> read = rules().flatMap((rule) -> Thresholds.readBy(rule).stream())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(Thresholds.recorded()).isNotEmpty().containsOnlyKeys(read);
	}

	@Test
	void everyThresholdSaysItsUnitAndItsReason() {
		List<String> lines = Repository.read(Rule.FOLDER + "/" + Thresholds.FILE).lines().map(String::strip).toList();
		assertThat(Thresholds.recorded()).allSatisfy((name, value) -> {
			assertThat(name).matches("threshold:.+:(ratio|seconds|count|per_second)");
			assertThat(value).isPositive();
			int line = lines.indexOf("- record: " + name);
			// The two ends of the grace are argued with it.
			int reason = name.startsWith("threshold:batch_grace_")
					? lines.indexOf("- record: threshold:batch_grace:ratio") : line;
			assertThat(lines.get(reason - 1)).as("line above " + name).startsWith("# ").doesNotStartWith("# ---");
		});
	}

	/**
	 * A vector would need the labels of the other side, and one without a match would be
	 * as silent as one that is not recorded.
	 */
	@ParameterizedTest
	@MethodSource("rules")
	void expressionsReadThemAsScalars(Rule rule) {
		String rest = rule.expression().replaceAll("scalar\\(threshold:[\\w:]+\\)", "");
		assertThat(rest).doesNotContain("threshold:");
	}

	@ParameterizedTest
	@MethodSource("rules")
	void noRuleHidesAFigureOfItsOwn(Rule rule) {
		assertThat(
				FIGURE.matcher(rule.expression().replaceAll("\"[^\"]*\"", "")).results().map((match) -> match.group(1)))
			.isSubsetOf("0", "1");
	}

	@Test
	void theHeadOfTheFileShowsHowToChangeOne() {
		String head = Repository.read(Rule.FOLDER + "/" + Thresholds.FILE)
			.lines()
			.takeWhile((line) -> line.startsWith("#"))
			.collect(Collectors.joining("\n"));
		assertThat(head).contains("- record: local:threshold:host_cpu_usage:ratio", "expr: vector(");
		assertThat(Thresholds.recorded()).containsKey("threshold:host_cpu_usage:ratio");
	}

	/**
	 * Figures stand in the words of an alert only where they cannot change.
	 */
	@ParameterizedTest
	@MethodSource("rules")
	void theWordsOfAnAlertTakeTheirFiguresFromTheThresholds(Rule rule) {
		assertThat(rule.annotations().keySet().stream().map(rule::annotation))
			.allSatisfy((text) -> assertThat(text.replaceAll("\\{\\{.*?}}", "")).doesNotContainPattern("\\d+ ?%"));
	}

	private static Stream<Rule> rules() {
		return Rule.all().stream().filter((rule) -> !rule.file().equals(Thresholds.FILE));
	}

}
