package io.monitoringstack.doorayadapter.message;

/**
 * A message ready to be sent.
 *
 * @param message the message
 * @param plain the bare facts of it, without attachments, should Dooray refuse it
 * @param cut alerts that it only counts, for want of room
 */
public record FormattedMessage(DoorayMessage message, DoorayMessage plain, int cut) {

}
