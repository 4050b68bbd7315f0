package io.monitoringstack.doorayadapter.heartbeat;

/**
 * A heartbeat that not every watcher took. It is to be sent again.
 */
public final class HeartbeatException extends Exception {

	private static final long serialVersionUID = 1L;

	HeartbeatException(String message) {
		super(message);
	}

}
