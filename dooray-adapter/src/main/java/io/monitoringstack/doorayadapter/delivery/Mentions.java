package io.monitoringstack.doorayadapter.delivery;

import java.time.Instant;

import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.Mention;

/**
 * Knows whom a message is to call by name.
 */
@FunctionalInterface
public interface Mentions {

	/**
	 * Says whom a message is to mention.
	 * @param message the message
	 * @param changes what is news in it
	 * @param now the present
	 * @return the mention, {@link Mention#NOBODY} when there is none
	 */
	Mention mention(WebhookMessage message, Changes changes, Instant now);

}
