package io.monitoringstack.dooraysimulator.api;

import java.time.Instant;

import io.monitoringstack.dooraysimulator.message.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A message as the API shows it.
 *
 * @param id position in the order of arrival
 * @param receivedAt time of arrival, UTC
 * @param hook name of the hook
 * @param accepted whether a person in the channel would see it
 * @param outcome what became of it
 * @param status HTTP status of the answer, {@code null} if there was none
 * @param detail why it was refused, {@code null} if it was not
 * @param body body as received: JSON as JSON, anything else as a string
 */
record MessageView(long id, Instant receivedAt, String hook, boolean accepted, String outcome, @Nullable Integer status,
		@Nullable String detail, Object body) {

	static MessageView of(Message message) {
		String text = message.body().text();
		return new MessageView(message.id(), message.receivedAt(), message.hook(), message.accepted(),
				message.outcome().wireName(), message.status(), message.detail(),
				message.body().json() ? new RawValue(text) : text);
	}

}
