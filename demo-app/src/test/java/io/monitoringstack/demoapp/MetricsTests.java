package io.monitoringstack.demoapp;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@WholeService
class MetricsTests {

	private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;q=0.6,"
			+ "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

	@Autowired
	private RestTestClient client;

	@AfterEach
	void heal() {
		this.client.delete().uri("/chaos").exchange();
	}

	@Test
	void isServedAtAllThreeAddressesAsPlainText() {
		for (String path : List.of("/metrics", "/metrics/", "/actuator/prometheus")) {
			this.client.get()
				.uri(path)
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.value("Content-Type", (type) -> assertThat(type).startsWith("text/plain;version=0.0.4"));
			assertThat(scrape(path, "text/plain")).contains("# TYPE memo_total gauge");
		}
	}

	@Test
	void isOpenMetricsForPrometheus() {
		this.client.get()
			.uri("/metrics")
			.header("Accept", OPEN_METRICS)
			.exchange()
			.expectHeader()
			.value("Content-Type", (type) -> assertThat(type).startsWith("application/openmetrics-text;version=1.0.0"));
		assertThat(scrape("/metrics", OPEN_METRICS)).endsWith("# EOF\n")
			.contains("# TYPE memo_total gauge\n")
			.doesNotContain("memo_total_total");
	}

	@Test
	void countsTheMemosInTheDatabase() {
		double before = value("memo_total");
		create("one more");
		assertThat(value("memo_total")).isEqualTo(before + 1);
	}

	@Test
	void hasNoNumberOfMemosWhileTheDatabaseIsAway() {
		this.client.post().uri("/chaos/database").exchange().expectStatus().isOk();
		assertThat(value("memo_total")).isNaN();
		this.client.delete().uri("/chaos/database").exchange();
		assertThat(value("memo_total")).isNotNaN();
	}

	@Test
	void countsRequestsByMethodRouteAndStatus() {
		String series = "http_requests_total{method=\"GET\",route=\"/api/memos/{id}\",status_code=\"404\"}";
		String buckets = "http_request_duration_seconds_bucket{method=\"GET\",route=\"/api/memos/{id}\",status_code=\"404\",le=\"";
		get("/api/memos/424242");
		await().until(() -> metrics().contains(series));
		double before = value(series);
		get("/api/memos/434343");
		await().untilAsserted(() -> assertThat(value(series)).isEqualTo(before + 1));
		for (String bound : List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.0", "5.0", "10.0",
				"+Inf")) {
			assertThat(metrics()).contains(buckets + bound + "\"}");
		}
		assertThat(metrics()).doesNotContain("424242", "434343");
	}

	@Test
	void allUnknownPathsAreOneRouteAndAllUnknownMethodsOneMethod() {
		get("/unknown/a-secret-path-1");
		get("/unknown/a-secret-path-2");
		this.client.method(HttpMethod.valueOf("BREW")).uri("/api/memos").exchange();
		await().untilAsserted(() -> assertThat(metrics())
			.contains("http_requests_total{method=\"GET\",route=\"unmatched\",status_code=\"404\"}",
					"http_requests_total{method=\"OTHER\",route=\"unmatched\",status_code=\"405\"}")
			.doesNotContain("a-secret-path", "BREW"));
	}

	@Test
	void machinesAreNotCountedAsVisitors() {
		get("/health/");
		get("/chaos");
		get("/actuator/health");
		assertThat(metrics().lines().filter((line) -> line.startsWith("http_request")))
			.noneMatch((line) -> line.contains("route=\"/health") || line.contains("route=\"/metrics")
					|| line.contains("route=\"/actuator") || line.contains("route=\"/chaos"));
	}

	@Test
	void showsWhichSwitchesAreOn() {
		assertThat(value("demo_chaos_active{switch=\"errors\"}")).isZero();
		this.client.post().uri("/chaos/errors?rate=0").exchange().expectStatus().isOk();
		assertThat(value("demo_chaos_active{switch=\"errors\"}")).isEqualTo(1);
		assertThat(value("demo_chaos_active{switch=\"latency\"}")).isZero();
	}

	@Test
	void hasWhatDashboardsAndRulesRead() {
		String address = create("for the dashboards");
		get(address);
		get(address);
		get(address + "/summary");
		await().untilAsserted(() -> assertThat(metrics()).contains("http_server_requests_seconds_bucket{",
				"le=\"0.25\"", "http_client_requests_seconds_bucket{", "hikaricp_connections_active{pool=\"memos\"}",
				"hikaricp_connections_max{pool=\"memos\"}", "hikaricp_connections_pending{", "jvm_memory_used_bytes{",
				"jvm_memory_usage_after_gc{", "jvm_gc_pause_seconds", "jvm_threads_live_threads", "process_cpu_usage",
				"process_uptime_seconds", "process_start_time_seconds", "process_files_open_files",
				"logback_events_total{level=\"error\"}", "memo_cache_bypassed 0.0",
				"memo_cache_failures_total{operation=\"get\"}"));
		assertThat(
				value("cache_gets_total{cache=\"memos\",cache_manager=\"cacheManager\",name=\"memos\",result=\"hit\"}"))
			.isPositive();
	}

	@Test
	void staysSmallEnoughToBeScrapedEveryFewSeconds() {
		assertThat(metrics().lines().filter((line) -> line.contains("_active_seconds_bucket"))).isEmpty();
	}

	private String create(String title) {
		return String.valueOf(this.client.post()
			.uri("/api/memos")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", title))
			.exchange()
			.returnResult(String.class)
			.getResponseHeaders()
			.getLocation());
	}

	private void get(String path) {
		this.client.get().uri(path).exchange().returnResult(String.class);
	}

	private String metrics() {
		return scrape("/metrics", "text/plain");
	}

	private double value(String series) {
		return metrics().lines()
			.filter((line) -> line.startsWith(series + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No " + series));
	}

	private String scrape(String path, String accept) {
		return String.valueOf(this.client.get()
			.uri(path)
			.header("Accept", accept)
			.exchange()
			.returnResult(String.class)
			.getResponseBody());
	}

}
