package io.monitoringstack.doorayadapter.webhook;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Lets in as many bodies as memory allows to be read at a time, and none once the service
 * shuts down; those inside are finished by the server's graceful shutdown.
 */
@Profile("!watcher")
@Component
class Admission {

	/** Reading is short, so that a place is soon free. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Semaphore places;

	private volatile boolean closed;

	Admission(WebhookProperties properties) {
		this.places = new Semaphore(properties.maxConcurrent());
	}

	void enter() throws NotAdmittedException {
		boolean entered = false;
		if (this.closed) {
			throw new NotAdmittedException(NotAdmittedException.Kind.SHUTTING_DOWN);
		}
		try {
			entered = this.places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!entered) {
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
