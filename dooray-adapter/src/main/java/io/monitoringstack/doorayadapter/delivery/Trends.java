package io.monitoringstack.doorayadapter.delivery;

import java.util.Map;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;

/**
 * Draws what alerts are about.
 */
@FunctionalInterface
public interface Trends {

	/** Draws nothing. */
	Trends NONE = (message) -> Map.of();

	/**
	 * Draws the last hour for the first alerts of a message. Takes less than a second and
	 * never fails: what cannot be had in time is left out.
	 * @param message the message
	 * @return one line for each alert it is known of, by fingerprint
	 */
	Map<String, String> of(WebhookMessage message);

}
