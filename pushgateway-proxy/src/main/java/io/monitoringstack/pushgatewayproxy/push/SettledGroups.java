package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.groups.GroupSource;
import io.monitoringstack.pushgatewayproxy.groups.Snapshot;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import reactor.core.publisher.Mono;

/**
 * The groups of an unchecked Pushgateway, read only behind all that it has accepted.
 */
final class SettledGroups implements GroupSource {

	private final GroupSource source;

	private final EdgeGate gate;

	SettledGroups(GroupSource source, EdgeGate gate) {
		this.source = source;
		this.gate = gate;
	}

	@Override
	public Mono<Snapshot> read() {
		return this.gate.stored()
			.flatMap((all) -> all ? this.source.read() : Mono.error(Refusal.retryLater(503, Reason.UPSTREAM_SLOW,
					"Pushgateway has not yet stored everything that was pushed. Nothing was deleted; try again in a few seconds.")
				.asException()));
	}

	@Override
	public Mono<Integer> delete(GroupingKey key) {
		return this.source.delete(key);
	}

}
