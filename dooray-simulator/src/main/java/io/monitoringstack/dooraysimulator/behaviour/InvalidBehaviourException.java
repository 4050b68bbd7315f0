package io.monitoringstack.dooraysimulator.behaviour;

/**
 * A behaviour that cannot be set; the message tells the caller what to change.
 */
public final class InvalidBehaviourException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidBehaviourException(String message) {
		super(message);
	}

}
