package io.monitoringstack.dooraysimulator.message;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import io.monitoringstack.dooraysimulator.behaviour.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a request, and records it. An outage comes first, as it would
 * with the real service; then the body is checked; then the rate.
 */
public final class Reception {

	private static final String TOLD_TO_REFUSE = "The simulator was told to refuse.";

	private static final int MAX_HOOKS = 10_000;

	private final Behaviours behaviours;

	private final MessageStore store;

	private final Clock clock;

	private final BodyCheck bodyCheck;

	private final RateLimiter rateLimiter = new RateLimiter(MAX_HOOKS);

	/**
	 * Create a reception.
	 * @param behaviours how to answer
	 * @param store where requests are recorded
	 * @param limits what a message may hold
	 * @param clock tells the time of arrival
	 */
	public Reception(Behaviours behaviours, MessageStore store, Limits limits, Clock clock) {
		this.behaviours = behaviours;
		this.store = store;
		this.clock = clock;
		this.bodyCheck = new BodyCheck(limits);
	}

	/**
	 * Take a request.
	 * @param hook where it was posted
	 * @param bytes its body
	 * @return how to answer
	 */
	public Verdict receive(HookAddress hook, byte[] bytes) {
		Behaviour behaviour = this.behaviours.take(hook.hook());
		Finding finding = this.bodyCheck.check(bytes);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Outcome outcome = outcome(hook, behaviour, finding, now);
		Integer status = status(behaviour.mode(), behaviour, finding);
		String complaint = behaviour.mode().isAccepting() ? finding.complaint() : TOLD_TO_REFUSE;
		this.store.add(now, hook.hook(), outcome, status, complaint, finding.body());
		return new Verdict(outcome, behaviour, status, complaint);
	}

	private Outcome outcome(HookAddress hook, Behaviour behaviour, Finding finding, Instant now) {
		return switch (behaviour.mode()) {
			case NOT_SUCCESSFUL -> Outcome.NOT_SUCCESSFUL;
			case STATUS -> Outcome.STATUS;
			case HANG -> Outcome.HANG;
			case RESET -> Outcome.RESET;
			case OK, OK_EMPTY, OK_HTML ->
				(finding.outcome() == Outcome.ACCEPTED && !this.rateLimiter.passes(hook, behaviour.perSecond(), now))
						? Outcome.DROPPED : finding.outcome();
		};
	}

	private static @Nullable Integer status(Mode mode, Behaviour behaviour, Finding finding) {
		return switch (mode) {
			case STATUS -> behaviour.status();
			case NOT_SUCCESSFUL -> 200;
			case HANG, RESET -> null;
			case OK, OK_EMPTY, OK_HTML -> finding.status();
		};
	}

}
