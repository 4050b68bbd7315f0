package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the delivery of one message through one hook ended. Holds neither texts nor
 * addresses, so that it may be kept and shown.
 *
 * @param kind what was to be told
 * @param channel channel the message was for
 * @param servedBy channel whose hook was used
 * @param group hash of the alert group's key, as in the message's last line
 * @param firing number of firing alerts
 * @param resolved number of resolved alerts
 * @param result what became of it
 * @param reason why Dooray did not take it, {@code null} unless it failed
 * @param attempts number of exchanges begun with Dooray
 * @param took time from the end of reading the webhook, waiting for the hook included
 */
public record DeliveryReport(Kind kind, String channel, String servedBy, String group, int firing, int resolved,
		Result result, @Nullable FailureReason reason, int attempts, Duration took) {

	/**
	 * What was to be told.
	 */
	public enum Kind {

		/** Alerts. */
		ALERTS,
		/** Somebody tries the channel. */
		TEST

	}

	/**
	 * What became of a message.
	 */
	public enum Result {

		/** Dooray took it. */
		ACCEPTED,
		/** Dooray took the same state of the group before; nothing was sent. */
		DUPLICATE,
		/** Dooray did not take it, or nobody knows. */
		FAILED

	}

}
