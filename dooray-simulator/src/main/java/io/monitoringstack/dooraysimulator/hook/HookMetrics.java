package io.monitoringstack.dooraysimulator.hook;

import java.util.EnumMap;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.dooraysimulator.message.MessageStore;
import io.monitoringstack.dooraysimulator.message.Outcome;

import org.springframework.stereotype.Component;

/**
 * Counts requests by outcome. All outcomes are there from the start, so that a rate over
 * them has no gap.
 */
@Component
class HookMetrics {

	private final Map<Outcome, Counter> received = new EnumMap<>(Outcome.class);

	HookMetrics(MeterRegistry registry, MessageStore store) {
		for (Outcome outcome : Outcome.values()) {
			this.received.put(outcome,
					Counter.builder("dooray.simulator.messages")
						.description("Requests to the incoming hook")
						.tag("outcome", outcome.wireName())
						.register(registry));
		}
		Gauge.builder("dooray.simulator.messages.kept", store, MessageStore::size)
			.description("Messages kept in memory")
			.register(registry);
	}

	void count(Outcome outcome) {
		Counter counter = this.received.get(outcome);
		if (counter != null) {
			counter.increment();
		}
	}

}
