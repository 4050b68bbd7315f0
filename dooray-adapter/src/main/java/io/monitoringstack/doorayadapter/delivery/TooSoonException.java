package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;

/**
 * The last test of the same channel is too short a time ago.
 */
public final class TooSoonException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	TooSoonException(Duration retryAfter) {
		super("too soon");
		this.retryAfter = retryAfter;
	}

	public Duration retryAfter() {
		return this.retryAfter;
	}

}
