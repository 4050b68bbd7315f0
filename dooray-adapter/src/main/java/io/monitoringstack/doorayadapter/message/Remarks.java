package io.monitoringstack.doorayadapter.message;

/**
 * What readers have to know about the way the message took. Empty texts say that there is
 * nothing to tell.
 *
 * @param unknownChannel channel asked for that is not configured
 * @param insteadOf channel the message was meant for
 */
public record Remarks(String unknownChannel, String insteadOf) {

	/** Nothing to tell. */
	public static final Remarks NONE = new Remarks("", "");

	/**
	 * Returns these remarks for a message that goes to another channel than it should.
	 */
	public Remarks insteadOf(String channel) {
		return new Remarks(this.unknownChannel, channel);
	}

}
