package io.monitoringstack.dooraysimulator.settings;

import java.time.Clock;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import io.monitoringstack.dooraysimulator.message.Limits;
import io.monitoringstack.dooraysimulator.message.MessageStore;
import io.monitoringstack.dooraysimulator.message.Reception;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the core together: read this to see the whole wiring.
 */
@Configuration(proxyBeanMethods = false)
class SimulatorConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	Behaviours behaviours(SimulatorProperties properties) {
		return new Behaviours(Behaviour.normal(properties.perSecond()));
	}

	@Bean
	MessageStore messageStore(SimulatorProperties properties) {
		return new MessageStore(properties.keepMessages(), properties.keepSize().toBytes());
	}

	@Bean
	Reception reception(SimulatorProperties properties, Behaviours behaviours, MessageStore store, Clock clock) {
		Limits limits = new Limits(Math.toIntExact(properties.maxBodySize().toBytes()), properties.maxTextLength(),
				properties.maxAttachments());
		return new Reception(behaviours, store, limits, clock);
	}

}
