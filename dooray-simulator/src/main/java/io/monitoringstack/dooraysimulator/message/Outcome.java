package io.monitoringstack.dooraysimulator.message;

/**
 * What became of a request.
 */
public enum Outcome {

	/** Shown in the channel. */
	ACCEPTED("accepted"),

	/** Answered as if accepted, but over the rate and therefore not delivered. */
	DROPPED("dropped"),

	/** Not a message: refused with 400. */
	MALFORMED("malformed"),

	/** Over a limit of length or number: refused with 400 or 413. */
	TOO_LARGE("too-large"),

	/** Refused in the JSON header of a 200. */
	NOT_SUCCESSFUL("not-successful"),

	/** Answered with the status that was asked for. */
	STATUS("status"),

	/** Not answered. */
	HANG("hang"),

	/** Connection reset. */
	RESET("reset");

	private final String name;

	Outcome(String name) {
		this.name = name;
	}

	/**
	 * Return the name used in JSON and as value of the metric label.
	 * @return the name used in JSON
	 */
	public String wireName() {
		return this.name;
	}

}
