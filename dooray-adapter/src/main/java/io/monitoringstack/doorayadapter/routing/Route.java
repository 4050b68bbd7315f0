package io.monitoringstack.doorayadapter.routing;

/**
 * Where a message has to go and why.
 *
 * @param channel name of the channel
 * @param reason what decided it
 * @param requested channel asked for by name when there is none of that name, else an
 * empty text
 */
public record Route(String channel, Reason reason, String requested) {

	/**
	 * What decided a route.
	 */
	public enum Reason {

		/** The request named the channel. */
		PATH,

		/** A label of the route named the channel. */
		ROUTE_LABEL,

		/** The receiver's name holds a severity. */
		RECEIVER,

		/** The highest severity. */
		SEVERITY,

		/** There is a severity, but not one that is known. */
		UNKNOWN_SEVERITY,

		/** There is no alert that could tell. */
		NOTHING_KNOWN,

		/** A channel was named that does not exist. */
		UNKNOWN_CHANNEL

	}

}
