package io.monitoringstack.doorayadapter.message;

import io.monitoringstack.doorayadapter.alert.Changes;

/**
 * What readers have to know about the way the message took. Empty texts say that there is
 * nothing to tell.
 *
 * @param unknownChannel channel asked for that is not configured
 * @param insteadOf channel the message was meant for
 * @param resent whether the same may have been told a moment ago already, without an
 * answer
 * @param changes what is news for those who read the last message of the group
 * @param mention whom the message calls by name
 * @param findings what is known of single alerts
 */
public record Remarks(String unknownChannel, String insteadOf, boolean resent, Changes changes, Mention mention,
		Findings findings) {

	/** Nothing to tell. */
	public static final Remarks NONE = new Remarks("", "");

	public Remarks(String unknownChannel, String insteadOf) {
		this(unknownChannel, insteadOf, false, Changes.UNKNOWN);
	}

	public Remarks(String unknownChannel, String insteadOf, boolean resent, Changes changes) {
		this(unknownChannel, insteadOf, resent, changes, Mention.NOBODY, Findings.NONE);
	}

	/**
	 * Returns these remarks with what was found out about single alerts.
	 * @param findings what was found
	 * @return the remarks
	 */
	public Remarks with(Findings findings) {
		return new Remarks(this.unknownChannel, this.insteadOf, this.resent, this.changes, this.mention, findings);
	}

	/**
	 * Returns these remarks for a message whose channel is not configured.
	 * @param channel the channel asked for, empty when there is none amiss
	 * @return the remarks
	 */
	public Remarks unknownChannel(String channel) {
		return new Remarks(channel, this.insteadOf, this.resent, this.changes, this.mention, this.findings);
	}

	/**
	 * Returns these remarks for a message that goes to another channel than it should.
	 */
	public Remarks insteadOf(String channel) {
		return new Remarks(this.unknownChannel, channel, this.resent, this.changes, this.mention, this.findings);
	}

	/**
	 * Returns these remarks for a message that calls somebody by name.
	 */
	public Remarks mention(Mention mention) {
		return new Remarks(this.unknownChannel, this.insteadOf, this.resent, this.changes, mention, this.findings);
	}

}
