package io.monitoringstack.dooraysimulator.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import io.monitoringstack.dooraysimulator.message.MessageStore;
import io.monitoringstack.dooraysimulator.settings.SimulatorProperties;

import org.springframework.stereotype.Component;

/**
 * Gathers the {@link StateView}.
 */
@Component
class StateReader {

	private final String instance = UUID.randomUUID().toString().substring(0, 8);

	private final Behaviours behaviours;

	private final MessageStore store;

	private final SimulatorProperties properties;

	StateReader(Behaviours behaviours, MessageStore store, SimulatorProperties properties) {
		this.behaviours = behaviours;
		this.store = store;
		this.properties = properties;
	}

	String instance() {
		return this.instance;
	}

	StateView read() {
		Map<String, BehaviourView> hooks = new LinkedHashMap<>();
		this.behaviours.exceptions().forEach((hook, behaviour) -> hooks.put(hook, BehaviourView.of(behaviour)));
		return new StateView(this.instance + "." + this.store.clearings(), BehaviourView.of(this.behaviours.get()),
				hooks, this.properties.keepMessages(), this.properties.keepSize().toBytes());
	}

}
