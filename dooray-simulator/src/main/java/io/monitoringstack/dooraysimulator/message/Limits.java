package io.monitoringstack.dooraysimulator.message;

/**
 * What one message may hold. Dooray publishes no limits for hooks, so these are settings.
 *
 * @param maxBodyBytes bytes of the request body
 * @param maxTextLength code points of each text; 0 is no limit
 * @param maxAttachments number of attachments; 0 is no limit
 */
public record Limits(int maxBodyBytes, int maxTextLength, int maxAttachments) {

}
