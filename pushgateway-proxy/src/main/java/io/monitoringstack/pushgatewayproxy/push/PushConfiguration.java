package io.monitoringstack.pushgatewayproxy.push;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;

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
	PushFilter pushFilter(PushProperties properties, PushToken token, GroupGate gate, MeterRegistry registry) {
		MemoryBudget budget = new MemoryBudget(properties.maxInFlightBytes().toBytes());
		PushObserver observer = new PushObserver(new PushMetrics(registry, properties, budget), new AccessLog());
		return new PushFilter(properties, token, budget, gate, observer);
	}

}
