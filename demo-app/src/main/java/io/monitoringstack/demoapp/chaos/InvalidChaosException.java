package io.monitoringstack.demoapp.chaos;

/**
 * A switch was asked for in a way that makes no sense. The message tells what would.
 */
public final class InvalidChaosException extends RuntimeException {

	public InvalidChaosException(String message) {
		super(message);
	}

}
