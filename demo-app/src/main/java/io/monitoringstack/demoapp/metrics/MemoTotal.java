package io.monitoringstack.demoapp.metrics;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.monitoringstack.demoapp.bounded.BoundedCall;
import io.monitoringstack.demoapp.memo.MemoStore;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * {@code memo_total}, the number of memos in the database, counted at each scrape. It is
 * registered with the Prometheus client itself because Micrometer would cut
 * {@code _total} off the name of a gauge. While the database is away there is no number,
 * and the scrape does not wait for one.
 */
@Component
final class MemoTotal implements Collector {

	static final String NAME = "memo_total";

	private static final Duration LIMIT = Duration.ofMillis(500);

	private final BoundedCall<Long> count;

	MemoTotal(MemoStore store, PrometheusRegistry registry) {
		this.count = new BoundedCall<>("memo-count", LIMIT, store::count);
		registry.register(this);
	}

	@Override
	public MetricSnapshot collect() {
		GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(NAME).help("Memos in the database");
		try {
			gauge.dataPoint(GaugeDataPointSnapshot.builder().value(this.count.get()).build());
		}
		catch (TimeoutException | ExecutionException ex) {
			gauge.dataPoint(GaugeDataPointSnapshot.builder().value(Double.NaN).build());
		}
		return gauge.build();
	}

	@Override
	public @Nullable MetricSnapshot collect(Predicate<String> includedNames) {
		return includedNames.test(NAME) ? collect() : null;
	}

}
