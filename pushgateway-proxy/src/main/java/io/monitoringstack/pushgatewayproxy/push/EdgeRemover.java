package io.monitoringstack.pushgatewayproxy.push;

import java.util.function.BooleanSupplier;

import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.groups.GroupRemover;
import io.monitoringstack.pushgatewayproxy.pushers.PusherLedger;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import reactor.core.publisher.Mono;

/**
 * Removes groups in their turn, so that the index knows.
 */
final class EdgeRemover implements GroupRemover {

	private final EdgeGate gate;

	private final PusherLedger ledger;

	EdgeRemover(EdgeGate gate, PusherLedger ledger) {
		this.gate = gate;
		this.ledger = ledger;
	}

	@Override
	public Mono<Void> remove(GroupingKey key) {
		return removeIfIdle(key, () -> true).flatMap((removed) -> removed ? Mono.<Void>empty()
				: Mono.error(Refusal
					.retryLater(503, Reason.UPSTREAM_ERROR, "Pushgateway did not accept the delete. Try again.")
					.asException()));
	}

	@Override
	public Mono<Boolean> removeIfIdle(GroupingKey key, BooleanSupplier still) {
		return this.gate.deleteIf(key, still).doOnNext((removed) -> {
			if (removed) {
				this.ledger.deleted(key);
			}
		});
	}

}
