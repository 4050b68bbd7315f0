package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;

/**
 * What became of one message.
 */
public sealed interface Outcome {

	/** Dooray took the message. */
	record Accepted() implements Outcome {
	}

	/**
	 * Dooray did not take the message, or nobody knows.
	 *
	 * @param reason why
	 * @param retryAfter when to try again
	 */
	record Failed(FailureReason reason, Duration retryAfter) implements Outcome {
	}

}
