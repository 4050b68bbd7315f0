package io.monitoringstack.pushgatewayproxy.push;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Counts pushes by job, verb and outcome. Job names come from outside: only the first few
 * that pushed successfully get their own label value, and the rest share one.
 */
final class PushMetrics {

	private static final String OTHER = "other";

	private static final String JOB = "push_job";

	private final MeterRegistry registry;

	private final int maxJobs;

	private final Set<String> jobs = ConcurrentHashMap.newKeySet();

	private final Map<Key, Timer> pushes = new ConcurrentHashMap<>();

	private final Map<String, Sizes> sizes = new ConcurrentHashMap<>();

	PushMetrics(MeterRegistry registry, PushProperties properties, MemoryBudget budget) {
		this.registry = registry;
		this.maxJobs = properties.maxJobs();
		Gauge.builder("pushgateway.proxy.memory", budget, MemoryBudget::held)
			.description("Memory that pushes under way take")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("pushgateway.proxy.memory.limit", properties, (limits) -> limits.maxInFlightBytes().toBytes())
			.description("Memory that pushes under way may take")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		registerZeros();
	}

	// Registers what alerts look at before it happens, because a counter that appears
	// with its first event has no increase.
	private void registerZeros() {
		for (String verb : new String[] { "PUT", "POST" }) {
			timer(new Key(OTHER, verb, "accepted", "none"));
			for (Reason reason : Reason.values()) {
				timer(new Key(OTHER, verb, outcome(reason), reason.label()));
			}
		}
	}

	void accepted(PushAttempt push, Duration took) {
		String job = admit(push.job());
		timer(new Key(job, push.verb(), "accepted", "none")).record(took);
		if (push.hasContent()) {
			Sizes found = this.sizes.computeIfAbsent(job, this::sizes);
			found.bytes().record(push.bytes());
			found.series().record(push.series());
		}
	}

	void refused(PushAttempt push, Reason reason, Duration took) {
		String job = (push.job() != null && this.jobs.contains(label(push.job()))) ? label(push.job()) : OTHER;
		timer(new Key(job, push.verb(), outcome(reason), reason.label())).record(took);
	}

	static String outcome(Reason reason) {
		return switch (reason) {
			case UPSTREAM_DOWN, UPSTREAM_SLOW, UPSTREAM_ERROR, BUSY, INTERNAL, CANCELLED -> "failed";
			default -> "refused";
		};
	}

	private String admit(@Nullable String job) {
		if (job == null) {
			return OTHER;
		}
		String label = label(job);
		if (this.jobs.contains(label)) {
			return label;
		}
		synchronized (this.jobs) {
			return (this.jobs.size() < this.maxJobs && this.jobs.add(label)) ? label
					: (this.jobs.contains(label) ? label : OTHER);
		}
	}

	private static String label(String job) {
		return Excerpt.plain(job);
	}

	private Timer timer(Key key) {
		return this.pushes.computeIfAbsent(key, this::newTimer);
	}

	private Timer newTimer(Key key) {
		return Timer.builder("pushgateway.proxy.pushes")
			.description("Pushes and deletes by what became of them")
			.tag(JOB, key.job())
			.tag("verb", key.verb().toLowerCase(Locale.ROOT))
			.tag("outcome", key.outcome())
			.tag("reason", key.reason())
			.register(this.registry);
	}

	private Sizes sizes(String job) {
		return new Sizes(
				DistributionSummary.builder("pushgateway.proxy.push.size")
					.description("Size of accepted pushes as sent")
					.baseUnit(BaseUnits.BYTES)
					.tag(JOB, job)
					.register(this.registry),
				DistributionSummary.builder("pushgateway.proxy.push.series")
					.description("Series in accepted pushes")
					.tag(JOB, job)
					.register(this.registry));
	}

	private record Key(String job, String verb, String outcome, String reason) {

	}

	private record Sizes(DistributionSummary bytes, DistributionSummary series) {

	}

}
