package io.monitoringstack.doorayadapter.dooray;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.MessageSender;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.Parcel;
import tools.jackson.databind.ObjectMapper;

/**
 * Sends each message when its hook's gate is open, and once more when the first try
 * failed in a way that a second may mend. What may have been delivered is not sent again
 * here: Alertmanager decides that.
 */
final class PacedSender implements MessageSender {

	/** Less is not worth a try: it would end in not knowing whether it was delivered. */
	private static final Duration SHORTEST_TRY = Duration.ofSeconds(2);

	private final DoorayClient client;

	private final ObjectMapper json;

	private final DoorayProperties properties;

	private final MeterRegistry registry;

	private final Map<URI, HookGate> gates = new ConcurrentHashMap<>();

	PacedSender(DoorayClient client, ObjectMapper json, DoorayProperties properties, MeterRegistry registry,
			Set<String> channels) {
		this.client = client;
		this.json = json;
		this.properties = properties;
		this.registry = registry;
		channels.forEach(this::waitTimer);
	}

	@Override
	public Outcome send(Hook hook, Parcel parcel, Deadline deadline) {
		DoorayClient.Post post = new DoorayClient.Post(hook, this.json.writeValueAsBytes(parcel.message()),
				parcel.alerts());
		HookGate.Ticket ticket = HookGate.Ticket.draw(parcel.urgent());
		try {
			Outcome first = attempt(post, ticket, deadline);
			if (!(first instanceof Outcome.Failed failed) || !worthSecondTry(failed, deadline)) {
				return first;
			}
			Outcome second = attempt(post, ticket, deadline);
			return neverSent(second) ? first : second.after(first.attempts() + second.attempts());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Outcome.Failed(FailureReason.CANCELED, Duration.ZERO);
		}
	}

	private boolean worthSecondTry(Outcome.Failed failed, Deadline deadline) {
		Duration pause = this.properties.minInterval();
		Duration rest = (failed.retryAfter().compareTo(pause) > 0) ? failed.retryAfter() : pause;
		boolean mayMend = switch (failed.reason()) {
			case CONNECT_ERROR, SERVER_ERROR, RATE_LIMITED -> true;
			default -> false;
		};
		return mayMend && deadline.left().compareTo(rest.plus(SHORTEST_TRY)) >= 0;
	}

	private static boolean neverSent(Outcome outcome) {
		return outcome instanceof Outcome.Failed failed && failed.reason() == FailureReason.HOOK_BUSY;
	}

	private Outcome attempt(DoorayClient.Post post, HookGate.Ticket ticket, Deadline deadline)
			throws InterruptedException {
		Hook hook = post.hook();
		HookGate gate = this.gates.computeIfAbsent(hook.url(), (url) -> new HookGate(this.properties.minInterval()));
		long start = System.nanoTime();
		boolean entered = gate.enter(ticket, deadline.left().minus(SHORTEST_TRY));
		waited(hook, Duration.ofNanos(System.nanoTime() - start));
		if (!entered) {
			return new Outcome.Failed(FailureReason.HOOK_BUSY, this.properties.minInterval(), 0);
		}
		Duration rest = Duration.ZERO;
		try {
			Duration left = deadline.left();
			Duration limit = this.properties.readTimeout();
			Outcome outcome = this.client.post(post, (left.compareTo(limit) < 0) ? left : limit);
			rest = (outcome instanceof Outcome.Failed failed) ? failed.retryAfter() : Duration.ZERO;
			return outcome;
		}
		finally {
			gate.leave(rest);
		}
	}

	private void waited(Hook hook, Duration time) {
		waitTimer(hook.servedBy()).record(time);
	}

	private Timer waitTimer(String channel) {
		return Timer.builder("dooray.hook.wait")
			.description("Time a message waited because its hook takes one message a second")
			.tag("channel", channel)
			.register(this.registry);
	}

}
