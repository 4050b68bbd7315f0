package io.monitoringstack.demoapp.memo;

/**
 * The neighbour that summarizes did not do so.
 */
public final class SummaryUnavailableException extends RuntimeException {

	private final boolean timedOut;

	public SummaryUnavailableException(boolean timedOut, Throwable cause) {
		super(timedOut ? "The neighbour took too long" : "The neighbour did not answer", cause);
		this.timedOut = timedOut;
	}

	public boolean isTimedOut() {
		return this.timedOut;
	}

}
