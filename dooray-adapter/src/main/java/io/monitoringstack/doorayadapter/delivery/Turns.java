package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;
import java.util.UUID;

import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.ToldStore;

/**
 * Lets one instance of the adapter tell a state of a group while the others wait for it.
 * Whoever gets the turn after another one has to look what was told meanwhile.
 */
final class Turns {

	/** Beyond the request's own end: cancelling takes a moment too. */
	static final Duration MARGIN = Duration.ofSeconds(3);

	private static final Duration ASK_AGAIN = Duration.ofMillis(150);

	private static final Duration COME_AGAIN = Duration.ofSeconds(1);

	private final ToldStore store;

	private final Duration remembered;

	Turns(ToldStore store, Duration remembered) {
		this.store = store;
		this.remembered = remembered;
	}

	boolean shared() {
		return this.store.shared();
	}

	/**
	 * Waits for the turn.
	 * @param group group to tell
	 * @param states what to tell
	 * @param deadline when to give up
	 * @return the turn; also when the store is away, since nobody can say whose it is
	 * @throws DeliveryException if another instance has the turn until the deadline
	 */
	Held take(GroupId group, AlertStates states, Deadline deadline) throws DeliveryException {
		ToldStore.Turn turn = new ToldStore.Turn(group, states.roughly(), UUID.randomUUID().toString());
		boolean waited = false;
		while (true) {
			ToldStore.Claim claim = this.store.claim(turn, deadline.left().plus(MARGIN), this.remembered);
			if (claim != ToldStore.Claim.TAKEN) {
				return new Held(turn, claim, waited);
			}
			if (deadline.left().compareTo(ASK_AGAIN) <= 0) {
				throw new DeliveryException(FailureReason.HOOK_BUSY, COME_AGAIN);
			}
			waited = true;
			pause();
		}
	}

	private static void pause() throws DeliveryException {
		try {
			Thread.sleep(ASK_AGAIN.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DeliveryException(FailureReason.CANCELED, Duration.ZERO);
		}
	}

	/**
	 * Ends the turn.
	 * @param held the turn
	 * @param settled whether it is known what became of the message
	 */
	void end(Held held, boolean settled) {
		this.store.release(held.turn(), settled);
	}

	/**
	 * A turn.
	 *
	 * @param turn what the store knows it by
	 * @param claim how it was got
	 * @param waited whether another instance had it before
	 */
	record Held(ToldStore.Turn turn, ToldStore.Claim claim, boolean waited) {

		// Returns whether somebody began to tell the same and never said how it ended.
		boolean leftBehind() {
			return this.claim == ToldStore.Claim.LEFT_BEHIND;
		}

		// Returns whether others may have the same turn.
		boolean alone() {
			return this.claim == ToldStore.Claim.AWAY;
		}

	}

}
