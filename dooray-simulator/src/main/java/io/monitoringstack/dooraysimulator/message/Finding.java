package io.monitoringstack.dooraysimulator.message;

import org.jspecify.annotations.Nullable;

/**
 * What a check of a body found.
 *
 * @param body the body
 * @param outcome how it is refused; {@link Outcome#ACCEPTED} if it is a proper message
 * @param status HTTP status that goes with the outcome
 * @param complaint sentence for the caller; {@code null} if it is a proper message
 */
record Finding(Body body, Outcome outcome, int status, @Nullable String complaint) {

	static Finding proper(Body body) {
		return new Finding(body, Outcome.ACCEPTED, 200, null);
	}

	static Finding malformed(Body body, String complaint) {
		return new Finding(body, Outcome.MALFORMED, 400, complaint);
	}

	static Finding tooLarge(Body body, int status, String complaint) {
		return new Finding(body, Outcome.TOO_LARGE, status, complaint);
	}

}
