package io.monitoringstack.stacktests.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code config/prometheus.yml} and the rules, read by promtool, and the targets against
 * the compose file.
 */
class PrometheusTests {

	private static final String FILE = "config/prometheus.yml";

	/**
	 * Services without metrics of their own, with the reason.
	 */
	private static final Map<String, String> NOT_SCRAPED = Map.of("postgres", "speaks no HTTP", "redis",
			"speaks no HTTP");

	@Test
	void promtoolAcceptsTheConfiguration() {
		Tool.Result result = Tool.named("promtool").run("check", "config", "--lint=all", "--lint-fatal", FILE);
		assertThat(result.exitCode()).as(result::toString).isZero();
		assertThat(result.output()).as("rules are found beside the configuration")
			.contains("%d rule files found".formatted(ruleFiles().count()));
	}

	@ParameterizedTest
	@MethodSource("ruleFiles")
	void promtoolAcceptsTheRules(String file) {
		Tool.Result result = Tool.named("promtool").run("check", "rules", "--lint=all", "--lint-fatal", file);
		assertThat(result.exitCode()).as(result::toString).isZero();
	}

	@ParameterizedTest
	@MethodSource("ruleTestFiles")
	void theTestsOfTheRulesPass(String file) {
		Tool.Result result = Tool.named("promtool").run("test", "rules", file);
		assertThat(result.exitCode()).as(result::toString).isZero();
	}

	@Test
	void everyServiceIsScrapedUnderItsOwnName() {
		Set<String> expected = new TreeSet<>(Compose.services().keySet());
		assertThat(expected).as("the list of exceptions is up to date").containsAll(NOT_SCRAPED.keySet());
		expected.removeAll(NOT_SCRAPED.keySet());
		Set<String> jobs = new TreeSet<>();
		for (Map<String, Object> job : YamlFile.maps(YamlFile.read(FILE), "scrape_configs")) {
			String name = YamlFile.text(job, "job_name");
			jobs.add(name);
			for (String target : targets(job)) {
				assertThat(URI.create("//" + target).getHost()).as("host of the target of job %s", name)
					.isIn(name, "localhost");
			}
		}
		assertThat(jobs).isEqualTo(expected);
	}

	@Test
	void pushedLabelsAreKept() {
		Map<String, Object> pushgateway = YamlFile.maps(YamlFile.read(FILE), "scrape_configs")
			.stream()
			.filter((job) -> "pushgateway".equals(job.get("job_name")))
			.findFirst()
			.orElseThrow();
		assertThat(pushgateway).containsEntry("honor_labels", true);
	}

	@Test
	void alertsGoToAlertmanager() {
		Map<String, Object> alerting = YamlFile.map(YamlFile.read(FILE), "alerting");
		assertThat(YamlFile.maps(alerting, "alertmanagers").stream().flatMap((one) -> targets(one).stream()))
			.containsExactly("alertmanager:9093");
	}

	private static List<String> targets(Map<String, Object> job) {
		return YamlFile.maps(job, "static_configs")
			.stream()
			.flatMap((group) -> YamlFile.<String>list(group, "targets").stream())
			.toList();
	}

	private static Stream<String> ruleFiles() {
		return names(Repository.files(Rule.FOLDER, ".yml"));
	}

	private static Stream<String> ruleTestFiles() {
		return names(Repository.files(Rule.FOLDER + "/tests", ".yml"));
	}

	private static Stream<String> names(List<Path> files) {
		return files.stream().map((file) -> Repository.ROOT.relativize(file).toString());
	}

}
