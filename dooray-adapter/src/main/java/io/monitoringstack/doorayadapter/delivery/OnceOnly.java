package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.Findings;
import io.monitoringstack.doorayadapter.message.Remarks;
import io.monitoringstack.doorayadapter.told.Flapping;
import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.ToldMemory;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;

/**
 * Sees to it that each state of a group is told once, however often it is sent: by the
 * members of an Alertmanager pair, by a retry after an answer that came too late, or
 * after a restart. What is sent while the same is on its way shares its fate; what is on
 * its way from another instance is waited for.
 */
@Profile("!watcher")
@Service
public class OnceOnly {

	private static final Duration COME_AGAIN = Duration.ofSeconds(1);

	private final Deliveries deliveries;

	private final ToldMemory memory;

	private final ToldListener listener;

	private final Flapping flapping;

	private final MeterRegistry registry;

	private final Turns turns;

	private final Map<String, Flight> flights = new ConcurrentHashMap<>();

	OnceOnly(Deliveries deliveries, ToldMemory memory, ToldListener listener, Flapping flapping, MeterRegistry registry,
			ToldStore store) {
		this.deliveries = deliveries;
		this.memory = memory;
		this.listener = listener;
		this.flapping = flapping;
		this.registry = registry;
		this.turns = new Turns(store, memory.maybeKept());
		suppressed(Kind.TOLD, 0);
		suppressed(Kind.JOINED, 0);
		if (store.shared()) {
			fellBack(0);
		}
	}

	/**
	 * Tells what the message says unless it was just told.
	 * @param message what to tell
	 * @param channel channel asked for in the request, {@code null} to choose by content
	 * @param deadline when to give up
	 * @return what was told and where
	 * @throws DeliveryException if Dooray did not take it
	 */
	public Receipt tell(WebhookMessage message, @Nullable String channel, Deadline deadline) throws DeliveryException {
		GroupId group = GroupId.of(message, channel);
		AlertStates states = message.tally().states();
		if (!this.memory.suppresses()) {
			boolean alone = !this.memory.refresh(group);
			return first(message, channel, deadline, group, states, alone);
		}
		Flight own = new Flight(new CompletableFuture<>());
		String key = group.hash() + Long.toHexString(states.roughly());
		Flight other = this.flights.putIfAbsent(key, own);
		if (other != null) {
			suppressed(Kind.JOINED, 1);
			return other.await(deadline);
		}
		try {
			Receipt receipt = inTurn(message, channel, deadline, group, states);
			own.outcome().complete(receipt);
			return receipt;
		}
		catch (DeliveryException | RuntimeException ex) {
			own.outcome().completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.flights.remove(key, own);
		}
	}

	/**
	 * Writes the message as it would be told now, and tells nothing.
	 * @param message what to tell
	 * @param channel channel asked for in the request, {@code null} to choose by content
	 * @return the message and its way
	 */
	public Preview preview(WebhookMessage message, @Nullable String channel) {
		GroupId group = GroupId.of(message, channel);
		this.memory.refresh(group);
		return this.deliveries.preview(message, channel, remarks(message, group, message.tally().states()));
	}

	private Remarks remarks(WebhookMessage message, GroupId group, AlertStates states) {
		return new Remarks("", "", this.memory.maybeTold(group, states), this.memory.changes(group, states))
			.with(new Findings(this.flapping.of(message), Map.of()));
	}

	// Whoever has the turn looks what was told, since the one before may have told just
	// that.
	private Receipt inTurn(WebhookMessage message, @Nullable String channel, Deadline deadline, GroupId group,
			AlertStates states) throws DeliveryException {
		Turns.Held turn = this.turns.take(group, states, deadline);
		boolean settled = false;
		try {
			if (turn.leftBehind()) {
				this.memory.maybe(group, states);
			}
			boolean alone = !this.memory.refresh(group) || turn.alone();
			Receipt receipt;
			if (this.memory.justTold(group, states, message.reason())) {
				suppressed(turn.waited() ? Kind.JOINED : Kind.TOLD, 1);
				receipt = this.deliveries.told(message, channel);
				fellBack(alone ? 1 : 0);
			}
			else {
				receipt = first(message, channel, deadline, group, states, alone);
			}
			settled = true;
			return receipt;
		}
		catch (DeliveryException ex) {
			boolean unknown = ex.reason() == FailureReason.NO_ANSWER || ex.reason() == FailureReason.CANCELED;
			settled = !unknown && !turn.leftBehind();
			throw ex;
		}
		finally {
			this.turns.end(turn, settled);
		}
	}

	private Receipt first(WebhookMessage message, @Nullable String channel, Deadline deadline, GroupId group,
			AlertStates states, boolean alone) throws DeliveryException {
		boolean known = !alone;
		try {
			this.flapping.note(message);
			Remarks remarks = remarks(message, group, states);
			Receipt receipt = this.deliveries.deliver(message, channel, remarks, deadline);
			known = this.memory.told(group, states) && known;
			this.listener.told(message.tally().names(AlertStatus.FIRING));
			return receipt;
		}
		catch (DeliveryException ex) {
			if (ex.reason() == FailureReason.NO_ANSWER) {
				this.memory.maybe(group, states);
			}
			throw ex;
		}
		finally {
			fellBack(known ? 0 : 1);
		}
	}

	private void fellBack(int times) {
		if (this.turns.shared()) {
			this.registry.counter("dooray.store.fallbacks").increment(times);
		}
	}

	private void suppressed(Kind kind, int times) {
		this.registry.counter("dooray.duplicates.suppressed", "kind", kind.name().toLowerCase(Locale.ROOT))
			.increment(times);
	}

	/**
	 * How a duplicate was found.
	 */
	private enum Kind {

		/** The same was told before. */
		TOLD,

		/** The same was on its way. */
		JOINED

	}

	/**
	 * A message on its way.
	 *
	 * @param outcome how it ends
	 */
	private record Flight(CompletableFuture<Receipt> outcome) {

		private Receipt await(Deadline deadline) throws DeliveryException {
			try {
				return this.outcome.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS).again();
			}
			catch (TimeoutException ex) {
				throw new DeliveryException(FailureReason.HOOK_BUSY, COME_AGAIN);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new DeliveryException(FailureReason.CANCELED, Duration.ZERO);
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof DeliveryException failure)
						? new DeliveryException(failure.reason(), failure.retryAfter())
						: new DeliveryException(FailureReason.CANCELED, COME_AGAIN);
			}
		}

	}

}
