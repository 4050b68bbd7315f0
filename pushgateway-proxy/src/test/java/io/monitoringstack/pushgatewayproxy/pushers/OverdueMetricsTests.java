package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class OverdueMetricsTests {

	private final Clock clock = mock();

	private final PusherLedger ledger = new PusherLedger(this.clock);

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void theMetricsAreThereBeforeTheFirstPush() {
		new OverdueMetrics(this.ledger, 5, this.registry);
		assertThat(this.registry.scrape()).contains("push_overdue_ratio{push_job=\"other\"} NaN",
				"push_usual_interval_seconds{push_job=\"other\"} NaN");
	}

	@Test
	void aLateJobIsShownUntilItIsDeleted() {
		OverdueMetrics metrics = new OverdueMetrics(this.ledger, 5, this.registry);
		push("nightly", 60);
		pass(Duration.ofSeconds(120));
		metrics.refresh();
		assertThat(this.registry.scrape()).contains("push_overdue_ratio{push_job=\"nightly\"} 3.0",
				"push_usual_interval_seconds{push_job=\"nightly\"} 60.0");
		this.ledger.deleted(new GroupingKey(Map.of("job", "nightly")));
		metrics.refresh();
		assertThat(this.registry.scrape()).doesNotContain("nightly");
	}

	@Test
	void ofMoreJobsThanAreToldApartTheLatestAreShown() {
		OverdueMetrics metrics = new OverdueMetrics(this.ledger, 2, this.registry);
		push("late", 60);
		push("later", 50);
		push("latest", 40);
		metrics.refresh();
		assertThat(this.registry.scrape()).contains("\"late\"", "\"later\"").doesNotContain("\"latest\"");
	}

	private void push(String job, int everySeconds) {
		for (int i = 0; i < 10; i++) {
			pass(Duration.ZERO);
			this.ledger.accepted(new SeenPush(new GroupingKey(Map.of("job", job)), "-", null, null, "PUT", "text"), 1,
					1);
			pass(Duration.ofSeconds(everySeconds));
		}
	}

	private void pass(Duration time) {
		this.now = this.now.plus(time);
		given(this.clock.instant()).willReturn(this.now);
		given(this.clock.getZone()).willReturn(ZoneOffset.UTC);
	}

}
