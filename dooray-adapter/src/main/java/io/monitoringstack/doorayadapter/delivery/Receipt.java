package io.monitoringstack.doorayadapter.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Proof that Dooray took the message.
 *
 * @param channel channel whose hook took it
 * @param alerts alerts the message is about
 * @param cut alerts among them that it only counts, for want of room
 * @param duplicate whether the same was told before, so that nothing was sent
 */
public record Receipt(String channel, int alerts, int cut,
		@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean duplicate) {

	public Receipt(String channel, int alerts, int cut) {
		this(channel, alerts, cut, false);
	}

	Receipt again() {
		return new Receipt(this.channel, this.alerts, this.cut, true);
	}

}
