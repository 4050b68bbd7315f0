package io.monitoringstack.doorayadapter.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.monitoringstack.doorayadapter.routing.Channel;
import io.monitoringstack.doorayadapter.routing.Route;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Counts deliveries. All values of all tags come from closed sets and exist from the
 * start, so that a rule sees the first failure as an increase. Channels are the
 * configured ones.
 */
@Profile("!watcher")
@Component
final class DeliveryMetrics {

	private static final Set<String> STANDARD_CHANNELS = Set.of(Channel.DEFAULT, Channel.CRITICAL, Channel.WARNING);

	private final MeterRegistry registry;

	private final Clock clock;

	private final Map<String, ChannelState> channels = new ConcurrentHashMap<>();

	DeliveryMetrics(MeterRegistry registry, Clock clock, Hooks hooks) {
		this.registry = registry;
		this.clock = clock;
		STANDARD_CHANNELS.forEach(this::channel);
		hooks.channels().forEach(this::channel);
		for (Fallback fallback : Fallback.values()) {
			fallback(fallback, 0);
		}
		for (Cut cut : Cut.values()) {
			cut(cut, 0);
		}
		unknownSeverity(0);
		mentioned(false);
	}

	void delivered(String channel, Duration took) {
		ChannelState state = channel(channel);
		state.lastSuccess = this.clock.millis() / 1000.0;
		state.broken = 0;
		timer(channel, null).record(took);
	}

	void failed(String channel, FailureReason reason, Duration took) {
		ChannelState state = channel(channel);
		state.broken = reason.hookBroken() ? 1 : state.broken;
		timer(channel, reason).record(took);
	}

	void routed(Route route) {
		if (route.reason() == Route.Reason.UNKNOWN_CHANNEL) {
			fallback(Fallback.UNKNOWN_CHANNEL, 1);
		}
	}

	void sentThrough(Hook hook) {
		if (hook.role() == Hook.Role.SUBSTITUTE) {
			fallback(Fallback.SUBSTITUTE, 1);
		}
		else if (hook.role() == Hook.Role.SIMULATOR) {
			fallback(Fallback.SIMULATOR, 1);
		}
	}

	void mentioned(boolean somebody) {
		this.registry.counter("dooray.duty.mentions").increment(somebody ? 1 : 0);
	}

	void bareFacts() {
		fallback(Fallback.BARE_FACTS, 1);
	}

	// channel: that of the readers; counted as that of all when it has no hook of its own
	void templateFailed(String channel) {
		templateFailures(this.channels.containsKey(channel) ? channel : Channel.DEFAULT, 1);
	}

	private void templateFailures(String channel, int times) {
		this.registry.counter("dooray.template.failures", "channel", channel).increment(times);
	}

	void cut(Cut cut, long alerts) {
		this.registry.counter("dooray.alerts.cut", "by", cut.label).increment(alerts);
	}

	void unknownSeverity(int alerts) {
		this.registry.counter("dooray.alerts.unknown.severity").increment(alerts);
	}

	private void fallback(Fallback fallback, int times) {
		this.registry.counter("dooray.fallback.used", "kind", fallback.label).increment(times);
	}

	private Timer timer(String channel, @Nullable FailureReason reason) {
		return Timer.builder("dooray.deliveries")
			.description("Time from the end of reading a webhook to Dooray's answer")
			.tag("channel", channel)
			.tag("outcome", (reason != null) ? "failed" : "accepted")
			.tag("reason", (reason != null) ? reason.label() : "none")
			.register(this.registry);
	}

	private ChannelState channel(String channel) {
		return this.channels.computeIfAbsent(channel, this::register);
	}

	private ChannelState register(String channel) {
		ChannelState state = new ChannelState();
		templateFailures(channel, 0);
		timer(channel, null);
		for (FailureReason reason : FailureReason.values()) {
			timer(channel, reason);
		}
		TimeGauge
			.builder("dooray.last.success.timestamp", state, java.util.concurrent.TimeUnit.SECONDS,
					(value) -> value.lastSuccess)
			.description("When Dooray last took a message, in seconds since 1970; NaN before the first")
			.tag("channel", channel)
			.strongReference(true)
			.register(this.registry);
		io.micrometer.core.instrument.Gauge.builder("dooray.hook.broken", state, (value) -> value.broken)
			.description("Whether Dooray refuses the hook, so that its URL has to be corrected")
			.tag("channel", channel)
			.strongReference(true)
			.register(this.registry);
		return state;
	}

	/**
	 * What hides an alert from a message.
	 */
	enum Cut {

		/** Room in the message. */
		ADAPTER("adapter"),

		/** The setting max_alerts of Alertmanager. */
		ALERTMANAGER("alertmanager"),

		/** A form that cannot be read. */
		UNREADABLE("unreadable");

		private final String label;

		Cut(String label) {
			this.label = label;
		}

	}

	/**
	 * What was done instead of the regular way.
	 */
	private enum Fallback {

		SUBSTITUTE("substitute"), UNKNOWN_CHANNEL("unknownChannel"), SIMULATOR("simulator"), PLAIN_TEXT("plainText"),
		BARE_FACTS("bareFacts");

		private final String label;

		Fallback(String label) {
			this.label = label;
		}

	}

	private static final class ChannelState {

		private volatile double lastSuccess = Double.NaN;

		private volatile int broken;

	}

}
