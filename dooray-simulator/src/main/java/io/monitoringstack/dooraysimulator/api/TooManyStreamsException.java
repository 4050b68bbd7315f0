package io.monitoringstack.dooraysimulator.api;

/**
 * No further client of the event stream is taken.
 */
final class TooManyStreamsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyStreamsException(int max) {
		super("All %d streams are in use; close a page and try again.".formatted(max));
	}

}
