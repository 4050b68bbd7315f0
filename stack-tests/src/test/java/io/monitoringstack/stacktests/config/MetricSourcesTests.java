package io.monitoringstack.stacktests.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each metric that a rule or a runbook reads comes from somewhere: an alert on a metric
 * that nobody exposes never fires.
 */
class MetricSourcesTests {

	/**
	 * Metrics of stock components, with the reason why they are there.
	 */
	private static final Map<String, String> STOCK = Map.ofEntries( //
			Map.entry("up", "Prometheus writes it for each scrape"), //
			Map.entry("ALERTS", "Prometheus writes it for each alert"), //
			Map.entry("push_time_seconds", "Pushgateway adds it to each group"), //
			Map.entry("push_failure_time_seconds", "Pushgateway adds it to each group"), //
			Map.entry("probe_success", "blackbox exporter, for every module"), //
			Map.entry("probe_http_status_code", "blackbox exporter, module http"), //
			Map.entry("probe_http_duration_seconds", "blackbox exporter, module http"), //
			Map.entry("probe_ssl_earliest_cert_expiry", "blackbox exporter, for an address with TLS"), //
			Map.entry("prometheus_rule_evaluation_failures_total", "Prometheus itself"), //
			Map.entry("prometheus_rule_group_last_evaluation_timestamp_seconds", "Prometheus itself"), //
			Map.entry("prometheus_rule_group_interval_seconds", "Prometheus itself"), //
			Map.entry("prometheus_notifications_errors_total", "Prometheus itself"), //
			Map.entry("alertmanager_notifications_failed_total", "Alertmanager"), //
			Map.entry("process_cpu_usage",
					"Micrometer's processor metrics, in each Boot service with the Prometheus registry"), //
			Map.entry("jvm_memory_usage_after_gc",
					"Micrometer's JVM metrics, in each Boot service with the Prometheus registry"), //
			Map.entry("jvm_gc_pause_seconds_sum",
					"Micrometer's JVM metrics, in each Boot service with the Prometheus registry"));

	/**
	 * Metrics of node exporter, with the collector that must not be switched off.
	 */
	private static final Map<String, String> NODE_EXPORTER = Map.of( //
			"node_cpu_seconds_total", "cpu", //
			"node_memory_MemAvailable_bytes", "meminfo", //
			"node_memory_MemTotal_bytes", "meminfo", //
			"node_filesystem_avail_bytes", "filesystem", //
			"node_filesystem_size_bytes", "filesystem", //
			"node_filesystem_readonly", "filesystem", //
			"node_vmstat_oom_kill", "vmstat");

	/**
	 * Metrics of cAdvisor that no choice of metrics leaves out.
	 */
	private static final Set<String> CADVISOR = Set.of("container_last_seen", "container_start_time_seconds",
			"container_health_state", "container_memory_working_set_bytes", "container_spec_memory_limit_bytes");

	/**
	 * Metrics of our own, with the folder whose sources name them.
	 */
	private static final Map<String, String> OURS = Map.ofEntries( //
			Map.entry("http_requests_total", "demo-app/src/main"), //
			Map.entry("http_request_duration_seconds_bucket", "demo-app/src/main"), //
			Map.entry("http_request_duration_seconds_count", "demo-app/src/main"), //
			Map.entry("dooray_deliveries_seconds_count", "dooray-adapter/src/main"), //
			Map.entry("dooray_hook_broken", "dooray-adapter/src/main"), //
			Map.entry("pushgateway_proxy_pushes_seconds_count", "pushgateway-proxy/src/main"), //
			Map.entry("push_overdue_ratio", "pushgateway-proxy/src/main"), //
			Map.entry("push_usual_interval_seconds", "pushgateway-proxy/src/main"), //
			Map.entry("monitoring_selftest_alert", "scripts"), //
			Map.entry("monitoring_selftest_success", "scripts"), //
			Map.entry("monitoring_selftest_hop_seconds", "scripts"), //
			Map.entry("monitoring_selftest_way_seconds", "scripts"), //
			Map.entry("monitoring_selftest_interval_seconds", "scripts"));

	/**
	 * What batch jobs push: the agreement stands at the head of the rules and is all
	 * there is.
	 */
	private static final Set<String> AGREED = Set.of("batch_job_success", "batch_job_last_success_timestamp_seconds",
			"batch_job_interval_seconds");

	@Test
	void everyMetricThatIsReadHasASourceAndNoSourceIsListedInVain() {
		Map<String, String> readBy = new LinkedHashMap<>();
		Rule.all()
			.forEach((rule) -> Promql.metrics(rule.expression()).forEach((metric) -> readBy.put(metric, rule.name())));
		Runbook.all()
			.forEach((runbook) -> runbook.queries()
				.forEach((query) -> Promql.metrics(query).forEach((metric) -> readBy.put(metric, runbook.name()))));
		Rule.recordings().map(Rule::name).forEach(readBy::remove);
		// What a person may record beside them.
		readBy.keySet().removeIf((metric) -> metric.startsWith("local:"));
		Set<String> known = new TreeSet<>();
		List.of(STOCK.keySet(), NODE_EXPORTER.keySet(), OURS.keySet(), CADVISOR, AGREED).forEach(known::addAll);
		assertThat(readBy).containsOnlyKeys(known);
	}

	@Test
	void nodeExporterCollectsThem() {
		String command = YamlFile.list(Compose.service("node-exporter"), "command").toString();
		assertThat(command).doesNotContain("--collector.disable-defaults");
		NODE_EXPORTER.values()
			.forEach((collector) -> assertThat(command).doesNotContain("--no-collector." + collector));
	}

	@Test
	void cAdvisorTellsProjectAndService() {
		assertThat(YamlFile.list(Compose.service("cadvisor"), "command").toString())
			.contains("--whitelisted_container_labels=com.docker.compose.project,com.docker.compose.service");
	}

	@Test
	void ourServicesHaveThePrometheusRegistry() {
		assertThat(Compose.ourServices()).isNotEmpty()
			.allSatisfy((service) -> assertThat(Repository.read(service + "/pom.xml"))
				.contains("<artifactId>micrometer-registry-prometheus</artifactId>"));
	}

	@Test
	void ourOwnSourcesNameThem() {
		OURS.forEach((metric, folder) -> {
			String sources = sources(folder);
			String family = metric.replaceAll("_(bucket|count|sum)$", "");
			assertThat(sources.contains(family) || sources.contains(meter(family)))
				.as("%s is named below %s as %s or as %s", metric, folder, family, meter(family))
				.isTrue();
		});
	}

	@Test
	void theAgreementWithBatchJobsIsWrittenDown() {
		String head = Repository.read("config/rules/batch.yml")
			.lines()
			.takeWhile((line) -> line.startsWith("#"))
			.collect(Collectors.joining("\n"));
		assertThat(head).contains(AGREED);
	}

	/**
	 * Micrometer adds unit and suffix itself.
	 */
	private static String meter(String family) {
		return "\"" + family.replaceAll("_(total|seconds)$", "").replace('_', '.') + "\"";
	}

	private static String sources(String folder) {
		StringBuilder text = new StringBuilder();
		for (Path file : Repository.filesBelow(folder, "")) {
			if (!Repository.name(file).matches(".*\\.(png|svg|ico|woff2)")) {
				text.append(Repository.read(file)).append('\n');
			}
		}
		return text.toString();
	}

}
