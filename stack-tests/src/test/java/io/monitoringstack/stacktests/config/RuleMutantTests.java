package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleMutantTests {

	@Test
	void turnsEachComparisonAroundAndNoMatcher() {
		assertThat(expressions("up{job!=\"a\"} == 0 and x >= 0", "turned to"))
			.containsExactly("up{job!=\"a\"} != 0 and x >= 0", "up{job!=\"a\"} == 0 and x <= 0");
	}

	@Test
	void makesNumbersTenfoldButNotZeroNorWindowsNorNames() {
		assertThat(expressions("quantile(0.95, rate5m[5m]) + p95{le=\"1\"} + 0", "turned to"))
			.containsExactly("quantile(9.50, rate5m[5m]) + p95{le=\"1\"} + 0");
	}

	@Test
	void dropsOneMatcherAtATime() {
		assertThat(expressions("a{b=\"1\", c!~\"2,3\"} / a{d=\"4\"}", "without"))
			.containsExactly("a{c!~\"2,3\"} / a{d=\"4\"}", "a{b=\"1\"} / a{d=\"4\"}", "a{b=\"1\", c!~\"2,3\"} / a");
	}

	@Test
	void doublesWhatIsWaitedFor() {
		Rule rule = new Rule("x.yml", "x.rules", true, "X", Map.of("expr", "up", "for", "90s"));
		assertThat(RuleMutant.of(rule)).extracting((mutant) -> mutant.source().get("for")).containsExactly("180s");
		rule = new Rule("x.yml", "x.rules", true, "X", Map.of("expr", "up", "for", "0s"));
		assertThat(RuleMutant.of(rule)).extracting((mutant) -> mutant.source().get("for")).containsExactly("1m");
	}

	@Test
	void makesThresholdsTenfoldWhereTheyAreKept() {
		Rule rule = new Rule("x.yml", "x.rules", true, "X", Map.of("expr", "x > scalar(threshold:error_rate:ratio)"));
		assertThat(RuleMutant.of(rule)).extracting(RuleMutant::thresholds)
			.contains(Map.of("threshold:error_rate:ratio", 0.5));
	}

	private static List<String> expressions(String expression, String change) {
		return RuleMutant.of(new Rule("x.yml", "x.rules", true, "X", Map.of("expr", expression)))
			.stream()
			.filter((mutant) -> mutant.change().contains(change))
			.map((mutant) -> YamlFile.text(mutant.source(), "expr"))
			.toList();
	}

}
