package io.monitoringstack.pushgatewayproxy.push;

import java.util.function.BooleanSupplier;

import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.groups.GroupRemover;
import io.monitoringstack.pushgatewayproxy.groups.GroupSource;
import io.monitoringstack.pushgatewayproxy.pushers.PusherLedger;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import reactor.core.publisher.Mono;

/**
 * Removes groups of a Pushgateway that checks pushes itself.
 */
final class UpstreamRemover implements GroupRemover {

	private static final int ACCEPTED = 202;

	private final GroupGate gate;

	private final GroupSource source;

	private final PusherLedger ledger;

	UpstreamRemover(GroupGate gate, GroupSource source, PusherLedger ledger) {
		this.gate = gate;
		this.source = source;
		this.ledger = ledger;
	}

	@Override
	public Mono<Void> remove(GroupingKey key) {
		return this.gate.pass(key, true, delete(key));
	}

	@Override
	public Mono<Boolean> removeIfIdle(GroupingKey key, BooleanSupplier still) {
		Mono<Boolean> work = Mono.defer(() -> still.getAsBoolean() ? delete(key).thenReturn(true) : Mono.just(false));
		return this.gate.alone(key, work).defaultIfEmpty(false);
	}

	private Mono<Integer> delete(GroupingKey key) {
		return this.source.delete(key).flatMap((status) -> {
			if (status != ACCEPTED) {
				return Mono.error(Refusal
					.retryLater(503, Reason.UPSTREAM_ERROR, "Pushgateway did not accept the delete. Try again.")
					.asException());
			}
			this.ledger.deleted(key);
			return Mono.just(status);
		});
	}

}
