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

	private static final String SCRAPED = "config/scrape";

	/**
	 * Services without a job of their own, with the reason.
	 */
	private static final Map<String, String> NOT_SCRAPED = Map.of("postgres", "through postgres-exporter", "redis",
			"through redis-exporter", "nginx", "through nginx-exporter", "cloudflared", "runs only with a token");

	/**
	 * Jobs that are named for what they look at, not for a service.
	 */
	private static final Map<String, String> NOT_SERVICES = Map.of("probe", "addresses through blackbox-exporter",
			"agent-node-exporter", "other hosts", "agent-cadvisor", "other hosts");

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
		for (Map<String, Object> job : jobs()) {
			String name = YamlFile.text(job, "job_name");
			assertThat(jobs.add(name)).as("job %s stands there once", name).isTrue();
			if (!NOT_SERVICES.containsKey(name)) {
				assertThat(targets(job)).as("targets of job %s", name)
					.isNotEmpty()
					.allSatisfy((target) -> assertThat(URI.create("//" + target).getHost()).isIn(name, "localhost"));
			}
		}
		expected.addAll(NOT_SERVICES.keySet());
		assertThat(jobs).isEqualTo(expected);
	}

	/**
	 * A size of the stack that lacks a service leaves its file out.
	 */
	@ParameterizedTest
	@MethodSource("scrapeFiles")
	void aScrapeFileIsNamedAsTheServiceItIsFor(String file) {
		String service = Repository.name(Path.of(file)).replace(".yml", "");
		assertThat(Compose.services()).containsKey(service);
		assertThat(YamlFile.maps(YamlFile.read(file), "scrape_configs")).extracting((job) -> job.get("job_name"))
			.contains(service);
	}

	@Test
	void probesAskServicesThatExist() {
		Map<String, Object> probe = job("probe");
		assertThat(targets(probe)).isNotEmpty()
			.allSatisfy((target) -> assertThat(URI.create(target).getHost()).isIn(Compose.services().keySet()));
		List<String> modules = YamlFile.list(YamlFile.map(probe, "params"), "module");
		assertThat(YamlFile.map(YamlFile.read("config/blackbox.yml"), "modules"))
			.containsKeys(modules.toArray(String[]::new));
	}

	@Test
	void pushedLabelsAreKept() {
		Map<String, Object> pushgateway = job("pushgateway");
		assertThat(pushgateway).containsEntry("honor_labels", true);
	}

	@Test
	void alertsGoToAlertmanager() {
		Map<String, Object> alerting = YamlFile.map(YamlFile.read(FILE), "alerting");
		assertThat(YamlFile.maps(alerting, "alertmanagers").stream().flatMap((one) -> targets(one).stream()))
			.containsExactly("alertmanager:9093");
	}

	private static List<Map<String, Object>> jobs() {
		return Stream.concat(Stream.of(FILE), scrapeFiles())
			.flatMap((file) -> YamlFile.maps(YamlFile.read(file), "scrape_configs").stream())
			.toList();
	}

	private static Map<String, Object> job(String name) {
		return jobs().stream().filter((job) -> name.equals(job.get("job_name"))).findFirst().orElseThrow();
	}

	private static Stream<String> scrapeFiles() {
		return names(Repository.files(SCRAPED, ".yml"));
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
