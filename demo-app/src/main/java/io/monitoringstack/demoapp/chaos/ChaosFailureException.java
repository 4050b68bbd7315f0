package io.monitoringstack.demoapp.chaos;

/**
 * A request that failed because somebody wanted it to.
 */
public final class ChaosFailureException extends RuntimeException {

	public ChaosFailureException() {
		super("This request failed on purpose: the chaos switch 'errors' is on");
	}

}
