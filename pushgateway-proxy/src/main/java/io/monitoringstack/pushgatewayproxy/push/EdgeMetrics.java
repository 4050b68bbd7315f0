package io.monitoringstack.pushgatewayproxy.push;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;

/**
 * Shows the state of the index and of Pushgateway's scrape.
 */
final class EdgeMetrics implements MeterBinder {

	private final EdgeGate gate;

	private final int maxSeries;

	private final long replayBytes;

	EdgeMetrics(EdgeGate gate, int maxSeries, long replayBytes) {
		this.gate = gate;
		this.maxSeries = maxSeries;
		this.replayBytes = replayBytes;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("pushgateway.proxy.index.ready", this.gate, (gate) -> gate.isReady() ? 1 : 0)
			.description("Whether it is known what Pushgateway holds, so that pushes can be checked")
			.register(registry);
		Gauge.builder("pushgateway.proxy.index.series", this.gate, EdgeGate::series)
			.description("Series in Pushgateway")
			.register(registry);
		Gauge.builder("pushgateway.proxy.index.series.limit", this, (metrics) -> metrics.maxSeries)
			.description("Series that may be in Pushgateway")
			.register(registry);
		Gauge.builder("pushgateway.proxy.index.groups", this.gate, EdgeGate::groups)
			.description("Groups in Pushgateway")
			.register(registry);
		FunctionCounter.builder("pushgateway.proxy.index.builds", this.gate, EdgeGate::indexBuilds)
			.description("Times that everything in Pushgateway was read for the index")
			.register(registry);
		FunctionCounter.builder("pushgateway.proxy.stale.reads", this.gate, EdgeGate::staleReads)
			.description("Pages that may not show all that was accepted before, because Pushgateway was too slow")
			.register(registry);
		Gauge.builder("pushgateway.proxy.scrape.healthy", this.gate, (gate) -> gate.isScrapeHealthy() ? 1 : 0)
			.description("Whether Pushgateway's scrape succeeds")
			.register(registry);
		Gauge.builder("pushgateway.proxy.intruders", this.gate, (gate) -> gate.intruders().size())
			.description("Groups that contradict others and were not pushed through the proxy")
			.register(registry);
		Gauge.builder("pushgateway.proxy.owned.families", this.gate, EdgeGate::ownedFamilies)
			.description("Families in groups of which it is known who pushed them last")
			.register(registry);
		FunctionCounter.builder("pushgateway.proxy.forgotten.owners", this.gate, EdgeGate::forgottenFamilies)
			.description("Families whose owner was forgotten because there were too many")
			.register(registry);
		if (this.replayBytes > 0) {
			bindReplay(registry);
		}
	}

	private void bindReplay(MeterRegistry registry) {
		Gauge.builder("pushgateway.proxy.replay", this.gate, EdgeGate::replayBytes)
			.description("Memory of pushes that are kept for a restart of Pushgateway")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("pushgateway.proxy.replay.limit", this, (metrics) -> metrics.replayBytes)
			.description("Memory that pushes kept for a restart of Pushgateway may take")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("pushgateway.proxy.replay.groups.left.out", this.gate, EdgeGate::groupsLeftOut)
			.description("Groups in Pushgateway of which not everything is kept for its restart")
			.register(registry);
		FunctionCounter.builder("pushgateway.proxy.replayed.groups", this.gate, EdgeGate::replayedGroups)
			.description("Groups sent again because a Pushgateway started anew did not have them as accepted")
			.register(registry);
		FunctionCounter.builder("pushgateway.proxy.replay.refused", this.gate, EdgeGate::replayRefused)
			.description("Accepted pushes that a Pushgateway started anew did not take again")
			.register(registry);
	}

}
