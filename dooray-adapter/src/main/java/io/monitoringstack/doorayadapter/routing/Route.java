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
		PATH("The path of the request names the channel."),
		/** A label of the route named the channel. */
		ROUTE_LABEL("A label of Alertmanager's route names the channel."),
		/** The receiver's name holds a severity. */
		RECEIVER("The name of the receiver holds the channel's."),
		/** The highest severity. */
		SEVERITY("It is the channel for the highest severity among the alerts."),
		/** There is a severity, but not one that is known. */
		UNKNOWN_SEVERITY("No alert has a severity that is known; this is the channel for those."),
		/** There is no alert that could tell. */
		NOTHING_KNOWN("There is no alert that could decide it."),
		/** A channel was named that does not exist. */
		UNKNOWN_CHANNEL("The request or a label names a channel that does not exist.");

		private final String explanation;

		Reason(String explanation) {
			this.explanation = explanation;
		}

		/**
		 * Returns the reason as a sentence.
		 * @return the sentence
		 */
		public String explanation() {
			return this.explanation;
		}

	}

}
