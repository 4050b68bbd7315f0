package io.monitoringstack.dooraysimulator.message;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One request to the hook, accepted or not.
 *
 * @param id position in the order of arrival, never used twice by one process
 * @param receivedAt when the whole request was there
 * @param hook name of the hook
 * @param outcome what became of it
 * @param status HTTP status of the answer; {@code null} if there was none
 * @param detail why the message was refused; {@code null} if it was not
 * @param body body as received
 */
public record Message(long id, Instant receivedAt, String hook, Outcome outcome, @Nullable Integer status,
		@Nullable String detail, Body body) {

	/**
	 * Return whether a person in the channel would see the message.
	 * @return whether the message was delivered
	 */
	public boolean accepted() {
		return this.outcome == Outcome.ACCEPTED;
	}

}
