package io.monitoringstack.stacktests.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Grafana's data sources: found by dashboards and by each other under names that never
 * change.
 */
class DataSourcesTests {

	private static final String FILE = "grafana/provisioning/datasources/stack.yml";

	@Test
	void eachHasAFixedIdentifier() {
		assertThat(sources()).extracting((source) -> source.get("uid"))
			.containsExactlyInAnyOrder("prometheus", "loki", "tempo", "alertmanager");
	}

	@Test
	void linksLeadToOneThatExists() {
		List<Object> linked = new ArrayList<>();
		collect("datasourceUid", sources(), linked);
		assertThat(linked).contains("tempo", "loki", "prometheus")
			.isSubsetOf(sources().stream().map((source) -> source.get("uid")).toList());
	}

	@Test
	void eachIsAServiceOfTheStack() {
		assertThat(sources()).allSatisfy((source) -> assertThat(URI.create(YamlFile.text(source, "url")).getHost())
			.isIn(Compose.services().keySet())
			.isEqualTo(source.get("uid")));
	}

	@Test
	void oneAndOnlyOneIsTheDefault() {
		assertThat(sources().stream().filter((source) -> Boolean.TRUE.equals(source.get("isDefault"))))
			.extracting((source) -> source.get("uid"))
			.containsExactly("prometheus");
	}

	/**
	 * Grafana expands the file with its environment: a dollar of our own is doubled.
	 */
	@Test
	void noDollarIsLostToTheEnvironment() {
		assertThat(Repository.read(FILE).lines())
			.filteredOn((line) -> !line.strip().startsWith("#") && line.contains("$"))
			.isNotEmpty()
			.allMatch((line) -> !line.replace("$$", "").contains("$"));
	}

	private static void collect(String key, Object node, List<Object> found) {
		if (node instanceof Map<?, ?> map) {
			if (map.containsKey(key)) {
				found.add(map.get(key));
			}
			map.values().forEach((value) -> collect(key, value, found));
		}
		else if (node instanceof Collection<?> list) {
			list.forEach((value) -> collect(key, value, found));
		}
	}

	private static List<Map<String, Object>> sources() {
		return YamlFile.maps(YamlFile.read(FILE), "datasources");
	}

}
