package io.monitoringstack.doorayadapter.heartbeat;

/**
 * The address of a watcher outside cannot be used. Names where it is set, never the
 * address.
 */
final class InvalidHeartbeatException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String sentence;

	InvalidHeartbeatException(String sentence) {
		super(sentence);
		this.sentence = sentence;
	}

	String sentence() {
		return this.sentence;
	}

}
