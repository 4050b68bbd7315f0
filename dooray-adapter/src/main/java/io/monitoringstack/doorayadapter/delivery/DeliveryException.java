package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;

/**
 * A message was not delivered. It has no cause on purpose: the texts of transport errors
 * hold the hook's URL.
 */
public final class DeliveryException extends Exception {

	private static final long serialVersionUID = 1L;

	private final FailureReason reason;

	private final Duration retryAfter;

	DeliveryException(FailureReason reason, Duration retryAfter) {
		super(reason.label());
		this.reason = reason;
		this.retryAfter = retryAfter;
	}

	public FailureReason reason() {
		return this.reason;
	}

	public Duration retryAfter() {
		return this.retryAfter;
	}

}
