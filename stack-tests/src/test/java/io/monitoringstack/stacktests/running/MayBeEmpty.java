package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.yaml.snakeyaml.Yaml;

/**
 * What may find nothing on a healthy stack, with the reason: {@code may-be-empty.yml}.
 *
 * @param queries queries of dashboards and rules
 * @param metrics metrics that appear with the first event only
 */
record MayBeEmpty(List<Map<String, String>> queries, List<Map<String, String>> metrics) {

	static MayBeEmpty read() {
		try (InputStream file = MayBeEmpty.class.getResourceAsStream("/may-be-empty.yml")) {
			Map<String, List<Map<String, String>>> lists = new Yaml().load(Objects.requireNonNull(file));
			return new MayBeEmpty(lists.get("queries"), lists.get("metrics"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean lists(DashboardQuery query) {
		return this.queries.stream().anyMatch((entry) -> isOf(entry, query));
	}

	boolean listsRule(String name) {
		return this.queries.stream().anyMatch((entry) -> name.equals(entry.get("rule")));
	}

	boolean listsMetric(String name) {
		return this.metrics.stream().anyMatch((entry) -> name.matches(entry.get("metric")));
	}

	static boolean isOf(Map<String, String> entry, DashboardQuery query) {
		return query.dashboard().matches(entry.getOrDefault("dashboard", "none"))
				&& query.panel().endsWith(entry.getOrDefault("panel", "none"))
				&& query.refId().equals(entry.getOrDefault("query", query.refId()));
	}

}
