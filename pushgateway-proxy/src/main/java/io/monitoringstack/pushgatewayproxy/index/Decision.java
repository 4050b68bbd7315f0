package io.monitoringstack.pushgatewayproxy.index;

import java.util.concurrent.CompletableFuture;

import io.monitoringstack.pushgatewayproxy.refusal.Refusal;

/**
 * What the index says to a push.
 */
public sealed interface Decision permits Reservation, Decision.Refused, Decision.Undecided {

	/**
	 * The push contradicts what is stored.
	 *
	 * @param refusal what to answer
	 */
	record Refused(Refusal refusal) implements Decision {

	}

	/**
	 * Whether the push contradicts what is stored depends on how a change to another
	 * group ends.
	 *
	 * @param settled completes when that is known
	 */
	record Undecided(CompletableFuture<Void> settled) implements Decision {

	}

}
