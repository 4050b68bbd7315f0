package io.monitoringstack.doorayadapter.message;

import org.jspecify.annotations.Nullable;

/**
 * A message ready to be sent.
 *
 * @param message the message
 * @param plain the bare facts of it, without attachments, should Dooray refuse it
 * @param cut alerts that it only counts, for want of room
 * @param summary what a message that tells of several groups says of it, {@code null}
 * when it has to go alone
 * @param templateProblem why the built-in texts stand in for the operator's template,
 * {@code null} when they do not
 */
public record FormattedMessage(DoorayMessage message, DoorayMessage plain, int cut, @Nullable GroupSummary summary,
		@Nullable String templateProblem) {

	public FormattedMessage(DoorayMessage message, DoorayMessage plain, int cut, @Nullable GroupSummary summary) {
		this(message, plain, cut, summary, null);
	}

}
