package io.monitoringstack.doorayadapter.dooray;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which hooks are in the middle of a rotation: Dooray refuses the new URL, and the
 * old one serves. Names channels, never URLs.
 */
final class Rotations {

	private static final Logger logger = LoggerFactory.getLogger(Rotations.class);

	private final MeterRegistry registry;

	private final Map<String, Boolean> pending = new ConcurrentHashMap<>();

	Rotations(MeterRegistry registry, Set<String> channels) {
		this.registry = registry;
		channels.forEach((channel) -> became(channel, false));
	}

	// The old URL took a message that the new one was refused with.
	void pending(Hook hook, FailureReason reason) {
		if (!became(hook.servedBy(), true)) {
			logger.warn("Rotation is pending: Dooray refuses the new hook of channel {} and takes messages through "
					+ "the old one: reason={}", hook.servedBy(), reason.label());
		}
	}

	// The new URL took a message.
	void done(Hook hook) {
		if (became(hook.servedBy(), false)) {
			logger.info("Rotation is done: Dooray takes messages through the new hook of channel {}, the old one can "
					+ "be removed", hook.servedBy());
		}
	}

	// Returns what it was before.
	private boolean became(String channel, boolean now) {
		Boolean before = this.pending.put(channel, now);
		if (before == null) {
			Gauge.builder("dooray.hook.rotation.pending", () -> this.pending.get(channel) ? 1 : 0)
				.description("Whether Dooray refuses the new one of two hooks and takes messages through the old one")
				.tag("channel", channel)
				.strongReference(true)
				.register(this.registry);
		}
		return Boolean.TRUE.equals(before);
	}

}
