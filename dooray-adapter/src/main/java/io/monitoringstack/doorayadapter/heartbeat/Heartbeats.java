package io.monitoringstack.doorayadapter.heartbeat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Passes each new heartbeat on to every watcher. Alertmanager goes on repeating an alert
 * for minutes after Prometheus died, so what counts is when the rules were evaluated, and
 * a heartbeat with an evaluation that a watcher knows already is not passed on again.
 */
public final class Heartbeats {

	/** Longest wait for one watcher, so that a slow one leaves time for the other. */
	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private final List<HeartbeatWatcher> watchers;

	private final MeterRegistry registry;

	private final Clock clock;

	private final Map<String, Instant> taken = new ConcurrentHashMap<>();

	Heartbeats(List<HeartbeatWatcher> watchers, MeterRegistry registry, Clock clock) {
		this.watchers = watchers;
		this.registry = registry;
		this.clock = clock;
		for (HeartbeatWatcher watcher : watchers) {
			for (String outcome : List.of("taken", "failed", "known")) {
				count(watcher, outcome, 0);
			}
		}
	}

	/**
	 * Passes a heartbeat on.
	 * @param message the alert that fires while all is well
	 * @param deadline when to give up
	 * @return how many watchers were told something new
	 * @throws HeartbeatException if a watcher did not take it, or nobody watches
	 * @throws InterruptedException if the thread is told to stop
	 */
	public int passOn(WebhookMessage message, Deadline deadline) throws HeartbeatException, InterruptedException {
		Instant signal = signal(message);
		if (signal == null) {
			return 0;
		}
		List<HeartbeatWatcher> present = this.watchers.stream().filter(HeartbeatWatcher::present).toList();
		if (present.isEmpty()) {
			throw new HeartbeatException("Nobody watches: set HEARTBEAT_WATCHER_URL or HEARTBEAT_URL.");
		}
		List<String> failed = new ArrayList<>();
		int told = 0;
		for (HeartbeatWatcher watcher : present) {
			Instant last = this.taken.getOrDefault(watcher.name(), Instant.MIN);
			if (!signal.isAfter(last)) {
				count(watcher, "known", 1);
			}
			else if (watcher.tell(signal, shorter(PATIENCE, deadline.left()))) {
				this.taken.put(watcher.name(), signal);
				count(watcher, "taken", 1);
				told++;
			}
			else {
				failed.add(watcher.name());
				count(watcher, "failed", 1);
			}
		}
		if (!failed.isEmpty()) {
			throw new HeartbeatException("The heartbeat was not taken by: %s.".formatted(String.join(", ", failed)));
		}
		return told;
	}

	// Returns when the rule was last evaluated: its value is the time. An alert without
	// such a value is a heartbeat of the moment in which it comes; none fires, none
	// beats.
	private @Nullable Instant signal(WebhookMessage message) {
		Instant now = this.clock.instant();
		return message.alerts()
			.stream()
			.filter(Alert::firing)
			.map((alert) -> evaluatedAt(alert.annotation("value"), now))
			.max(Instant::compareTo)
			.orElse(null);
	}

	private static Instant evaluatedAt(String value, Instant now) {
		try {
			Instant evaluated = Instant.ofEpochMilli((long) (Double.parseDouble(value.strip()) * 1000));
			return evaluated.isAfter(now) ? now : evaluated;
		}
		catch (NumberFormatException ex) {
			return now;
		}
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private void count(HeartbeatWatcher watcher, String outcome, int times) {
		this.registry.counter("dooray.heartbeats", "watcher", watcher.name(), "outcome", outcome).increment(times);
	}

}
