package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runbooks are read at night from a message: one for each alert, in both languages, with
 * commands that work.
 */
class RunbookTests {

	private static final List<String> HEADINGS = List.of("## 한국어", "### 뜻", "### 먼저 볼 것", "### 흔한 원인", "### 조치",
			"### 알림 끄기", "### 도움 요청", "## English", "### Meaning", "### First look", "### Likely causes", "### Mend",
			"### Silence", "### Escalate");

	@Test
	void everyAlertHasARunbookAndEveryRunbookAnAlert() {
		List<String> alerts = Rule.alerts().map(Rule::name).toList();
		assertThat(Runbook.all()).extracting(Runbook::name).containsExactlyInAnyOrderElementsOf(alerts);
	}

	@ParameterizedTest
	@MethodSource("runbooks")
	void itHasTheSamePartsInBothLanguages(Runbook runbook) {
		List<String> headings = Markdown.headings(runbook.text());
		assertThat(headings).first().isEqualTo("# " + runbook.name());
		assertThat(headings.subList(1, headings.size())).isEqualTo(HEADINGS);
		List<String> blocks = Markdown.blocks(runbook.text());
		assertThat(blocks.subList(0, blocks.size() / 2)).as("Korean and English commands")
			.isEqualTo(blocks.subList(blocks.size() / 2, blocks.size()));
		List<String> queries = runbook.queries();
		assertThat(queries.subList(0, queries.size() / 2)).as("Korean and English queries")
			.isEqualTo(queries.subList(queries.size() / 2, queries.size()));
	}

	@ParameterizedTest
	@MethodSource("runbooks")
	void itsSeverityAndTierAreThoseOfTheRule(Runbook runbook) {
		Rule alert = Rule.alerts().filter((rule) -> rule.name().equals(runbook.name())).findFirst().orElseThrow();
		assertThat(runbook.text().lines().skip(2).findFirst().orElseThrow())
			.startsWith("%s · %s · ".formatted(alert.labels().get("severity"), alert.labels().get("tier")))
			.contains("0s".equals(alert.source().get("for")) ? "at once" : "`for` " + alert.source().get("for"))
			.endsWith("[rule](../../config/rules/%s)".formatted(alert.file()));
	}

	@ParameterizedTest
	@MethodSource("runbooks")
	void itsQueriesAreValid(Runbook runbook, @TempDir Path folder) throws IOException {
		assertThat(runbook.queries()).as("there is something to look at").isNotEmpty();
		StringBuilder rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
		for (int i = 0; i < runbook.queries().size(); i++) {
			rules.append("      - record: query:%d%n        expr: %s%n".formatted(i, quoted(runbook.queries().get(i))));
		}
		Path file = Files.writeString(folder.resolve("queries.yml"), rules);
		Tool.Result result = Tool.named("promtool").run("check", "rules", "--lint=none", file.toString());
		assertThat(result.exitCode()).as(result::toString).isZero();
	}

	@ParameterizedTest
	@MethodSource("runbooks")
	void itsCommandsNameVerbsAndServicesThatExist(Runbook runbook) {
		assertThat(runbook.commands()).isNotEmpty().allSatisfy((command) -> {
			List<String> words = List.of(command.split("\\s+"));
			switch (words.get(0)) {
				case "./monitoring" -> {
					assertThat(Repository.path("scripts/" + words.get(1) + ".sh")).exists();
					assertServices(words.subList(2, words.size()));
				}
				case "docker" -> {
					if (words.get(1).equals("compose")) {
						assertThat(words.get(2)).isIn("restart", "exec");
						assertServices(words.subList(3, 4));
					}
					else {
						assertThat(command).isEqualTo("docker stats --no-stream");
					}
				}
				case "curl", "echo" -> assertThat(command).containsPattern("http://localhost:(8000/(chaos|health)/|"
						+ "9091/metrics/job/(JOB|monitoring_selftest/selftest_id/ID|monitoring_selftest_probe)$)");
				default -> assertThat(words.get(0)).as("first word of a command").isEqualTo("one that is checked here");
			}
		});
		assertThat(runbook.commands()).as("its silence is for this alert")
			.anySatisfy(
					(command) -> assertThat(command).contains("amtool silence add ", "alertname=" + runbook.name()));
	}

	private static void assertServices(List<String> names) {
		assertThat(names).filteredOn((name) -> !name.equals("SERVICE")).isSubsetOf(Compose.services().keySet());
	}

	private static String quoted(String expression) {
		return "'" + expression.replace("'", "''") + "'";
	}

	private static List<Runbook> runbooks() {
		return Runbook.all();
	}

}
