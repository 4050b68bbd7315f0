package io.monitoringstack.doorayadapter.delivery;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Everybody who is told how deliveries end. A failure of theirs changes no delivery.
 */
@Profile("!watcher")
@Component
final class DeliveryListeners {

	private static final Logger logger = LoggerFactory.getLogger(DeliveryListeners.class);

	private final List<DeliveryListener> listeners;

	DeliveryListeners(List<DeliveryListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	void ended(DeliveryReport report) {
		for (DeliveryListener listener : this.listeners) {
			try {
				listener.ended(report);
			}
			catch (RuntimeException ex) {
				logger.error("A listener failed, the delivery counts as it ended: {}", report, ex);
			}
		}
	}

}
