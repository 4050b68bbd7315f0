package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
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

}
