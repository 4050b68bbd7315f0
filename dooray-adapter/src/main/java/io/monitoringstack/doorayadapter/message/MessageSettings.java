package io.monitoringstack.doorayadapter.message;

import java.time.ZoneId;
import java.util.Set;

/**
 * What an operator chooses about messages.
 *
 * @param language language of the fixed texts
 * @param zone zone of all times shown
 * @param botName sender shown by Dooray
 * @param noiseLabels labels that are not worth showing
 * @param limits sizes that Dooray may insist on
 */
public record MessageSettings(Language language, ZoneId zone, String botName, Set<String> noiseLabels, Limits limits) {

	/**
	 * Sizes of a message. Dooray publishes none; these are what other senders live with.
	 *
	 * @param textLength characters of one text
	 * @param attachments number of attachments
	 * @param messageBytes bytes of the whole JSON
	 * @param resolvedCards number of resolved alerts up to which each has its own
	 * attachment
	 */
	public record Limits(int textLength, int attachments, int messageBytes, int resolvedCards) {

	}

}
