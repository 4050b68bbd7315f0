package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Shows how late jobs are that push as by a clock. Of more jobs than metrics tell apart
 * the latest ones are shown.
 */
public final class OverdueMetrics {

	/** Half the time between two scrapes. */
	private static final Duration PERIOD = Duration.ofSeconds(5);

	private static final String JOB = "push_job";

	private final PusherLedger ledger;

	private final int maxJobs;

	private final MultiGauge ratios;

	private final MultiGauge usual;

	private @Nullable Disposable refreshing;

	/**
	 * Registers what is there from the start.
	 * @param ledger who pushed
	 * @param maxJobs most jobs to show
	 * @param registry where metrics go
	 */
	public OverdueMetrics(PusherLedger ledger, int maxJobs, MeterRegistry registry) {
		this.ledger = ledger;
		this.maxJobs = maxJobs;
		this.ratios = MultiGauge.builder("push.overdue.ratio")
			.description("Time since the last push of a job as a multiple of its usual interval")
			.register(registry);
		this.usual = MultiGauge.builder("push.usual.interval")
			.description("Usual time between two pushes of a job")
			.baseUnit("seconds")
			.register(registry);
		refresh();
	}

	public void start() {
		this.refreshing = Flux.interval(PERIOD).doOnNext((tick) -> refresh()).subscribe();
	}

	public void stop() {
		if (this.refreshing != null) {
			this.refreshing.dispose();
		}
	}

	void refresh() {
		List<Map.Entry<String, Overdue>> latest = new ArrayList<>(this.ledger.overdue().entrySet());
		latest.sort(
				Comparator.comparingDouble((Map.Entry<String, Overdue> entry) -> entry.getValue().ratio()).reversed());
		List<Row<?>> ratioRows = new ArrayList<>();
		List<Row<?>> usualRows = new ArrayList<>();
		// A metric that is always there, so that a query that finds no job is no query
		// for something that does not exist.
		ratioRows.add(Row.of(Tags.of(JOB, "other"), Double.NaN));
		usualRows.add(Row.of(Tags.of(JOB, "other"), Double.NaN));
		latest.stream().limit(this.maxJobs).forEach((entry) -> {
			Tags job = Tags.of(JOB, Excerpt.plain(entry.getKey()));
			ratioRows.add(Row.of(job, entry.getValue().ratio()));
			usualRows.add(Row.of(job, entry.getValue().usualSeconds()));
		});
		this.ratios.register(ratioRows, true);
		this.usual.register(usualRows, true);
	}

}
