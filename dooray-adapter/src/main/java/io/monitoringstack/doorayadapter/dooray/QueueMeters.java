package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what waits and what leaves. Channels are the configured ones.
 */
final class QueueMeters {

	private final MeterRegistry registry;

	QueueMeters(MeterRegistry registry, Set<String> channels) {
		this.registry = registry;
		channels.forEach((channel) -> {
			waitTimer(channel);
			groups(channel);
		});
		plainText(0);
	}

	// Shows the lines of the channels, which come and go with their hooks.
	void watch(Set<String> channels, Function<String, @Nullable HookLine> lines, QueueMemory memory) {
		channels.forEach((channel) -> {
			gauge("dooray.queue.depth", "Groups that wait for the hook", channel, lines, HookLine::waiting);
			gauge("dooray.queue.oldest.seconds", "Time for which the oldest of them has waited", channel, lines,
					HookLine::oldestSeconds);
			gauge("dooray.breaker.state", "0 messages pass, 1 the next one is a probe, 2 Dooray is left alone", channel,
					lines, HookLine::breakerState);
			gauge("dooray.storm", "Whether alerts are counted instead of told one by one", channel, lines,
					(line) -> line.storm() ? 1 : 0);
		});
		Gauge.builder("dooray.queue.bytes", memory, QueueMemory::used)
			.description("Estimate of the memory of all that waits")
			.strongReference(true)
			.register(this.registry);
	}

	private void gauge(String name, String description, String channel, Function<String, @Nullable HookLine> lines,
			ToDoubleFunction<HookLine> value) {
		Gauge.builder(name, () -> {
			HookLine line = lines.apply(channel);
			return (line != null) ? value.applyAsDouble(line) : 0;
		}).description(description).tag("channel", channel).strongReference(true).register(this.registry);
	}

	void leaves(Waiting one) {
		if (one.attempts() == 0) {
			waitTimer(one.hook().servedBy()).record(Duration.ofNanos(System.nanoTime() - one.since()));
		}
	}

	void accepted(HookLine.Batch batch) {
		if (!batch.taken().isEmpty()) {
			groups(batch.hook().servedBy()).record(batch.taken().size());
		}
		if (batch.form() == Waiting.Form.PACKED_PLAIN || batch.form() == Waiting.Form.ALONE_PLAIN) {
			plainText(batch.taken().size());
		}
	}

	private DistributionSummary groups(String channel) {
		return DistributionSummary.builder("dooray.message.groups")
			.description("Groups that one message told of")
			.tag("channel", channel)
			.register(this.registry);
	}

	private void plainText(int times) {
		this.registry.counter("dooray.fallback.used", "kind", "plainText").increment(times);
	}

	private Timer waitTimer(String channel) {
		return Timer.builder("dooray.hook.wait")
			.description("Time a message waited because its hook takes one message a second")
			.tag("channel", channel)
			.register(this.registry);
	}

}
