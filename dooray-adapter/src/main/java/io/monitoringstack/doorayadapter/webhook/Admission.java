package io.monitoringstack.doorayadapter.webhook;

import java.util.concurrent.Semaphore;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Lets in as many requests as memory allows, and none once the service shuts down; those
 * inside are finished by the server's graceful shutdown.
 */
@Profile("!watcher")
@Component
class Admission {

	private final Semaphore places;

	private volatile boolean closed;

	Admission(WebhookProperties properties) {
		this.places = new Semaphore(properties.maxConcurrent());
	}

	void enter() throws NotAdmittedException {
		if (this.closed) {
			throw new NotAdmittedException(NotAdmittedException.Kind.SHUTTING_DOWN);
		}
		if (!this.places.tryAcquire()) {
			throw new NotAdmittedException(NotAdmittedException.Kind.BUSY);
		}
	}

	void leave() {
		this.places.release();
	}

	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closed = true;
	}

}
