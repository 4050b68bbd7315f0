package io.monitoringstack.demoapp;

import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@WholeService
@TestPropertySource(properties = { "demo.load.rate=40", "demo.load.max-memos=3" })
class LoadTests {

	@Autowired
	private RestTestClient client;

	@Test
	void fillsPanelsAndKeepsFewMemos() {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(metrics()).contains(
					"http_requests_total{method=\"GET\",route=\"/api/memos\",status_code=\"200\"}",
					"http_requests_total{method=\"GET\",route=\"/api/memos/{id}/summary\",status_code=\"200\"}",
					"http_requests_total{method=\"DELETE\",route=\"/api/memos/{id}\",status_code=\"204\"}",
					"demo_load_requests_total{outcome=\"success\"}"));
		assertThat(total()).isLessThanOrEqualTo(3 + 16);
	}

	@Test
	void goesOnAfterAnOutage() {
		this.client.post().uri("/chaos/database").exchange();
		await().atMost(Duration.ofSeconds(30))
			.until(() -> metrics().contains("demo_load_requests_total{outcome=\"error\"}"));
		this.client.delete().uri("/chaos").exchange();
		double before = successes();
		await().atMost(Duration.ofSeconds(30)).until(() -> successes() > before + 5);
	}

	private double total() {
		return number("memo_total");
	}

	private double successes() {
		return number("demo_load_requests_total{outcome=\"success\"}");
	}

	private double number(String series) {
		return Arrays.stream(metrics().split("\n"))
			.filter((line) -> line.startsWith(series + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.sum();
	}

	private String metrics() {
		return String
			.valueOf(this.client.get().uri("/metrics").exchange().returnResult(String.class).getResponseBody());
	}

}
