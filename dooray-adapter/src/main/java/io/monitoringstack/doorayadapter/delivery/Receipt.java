package io.monitoringstack.doorayadapter.delivery;

/**
 * Proof that Dooray took the message.
 *
 * @param channel channel whose hook took it
 * @param alerts alerts the message is about
 * @param cut alerts among them that it only counts, for want of room
 */
public record Receipt(String channel, int alerts, int cut) {

}
