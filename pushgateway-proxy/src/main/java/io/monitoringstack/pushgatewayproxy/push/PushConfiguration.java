package io.monitoringstack.pushgatewayproxy.push;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import io.monitoringstack.pushgatewayproxy.edge.PushStore;
import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;
import io.monitoringstack.pushgatewayproxy.pushers.PusherLedger;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the parts of the push route together.
 */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {

	@Bean
	PushToken pushToken(PushProperties properties) {
		return PushToken.from(properties);
	}

	@Bean
	PushStore.Authorization pushAuthorization(PushToken token) {
		return new PushStore.Authorization(token.isRequired());
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	@ConditionalOnProperty(name = "push.check", havingValue = "edge")
	EdgeGate edgeGate(PushStore store, PushProperties properties, MeterRegistry registry) {
		EdgeGate gate = new EdgeGate(store, properties.maxTotalSeries());
		new EdgeMetrics(gate, properties.maxTotalSeries()).bindTo(registry);
		return gate;
	}

	@Bean
	PushFilter pushFilter(PushProperties properties, PushToken token, GroupGate gate, ObjectProvider<EdgeGate> edge,
			PusherLedger ledger, MeterRegistry registry) {
		MemoryBudget budget = new MemoryBudget(properties.maxInFlightBytes().toBytes());
		PushObserver observer = new PushObserver(new PushMetrics(registry, properties, budget), new AccessLog(),
				ledger);
		EdgeGate edgeGate = edge.getIfAvailable();
		PushRoute route = (edgeGate != null) ? new EdgeRoute(properties.mode(), edgeGate)
				: new UpstreamRoute(properties.mode(), gate);
		return new PushFilter(properties, token, budget, route, observer);
	}

}
