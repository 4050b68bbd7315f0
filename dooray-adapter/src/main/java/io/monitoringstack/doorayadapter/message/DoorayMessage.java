package io.monitoringstack.doorayadapter.message;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Body of a post to an incoming hook. Components carry the names of the wire; what is
 * {@code null} is left out.
 *
 * @param botName name shown as the sender
 * @param text text shown in lists and push notices too
 * @param attachments boxes below the text
 */
public record DoorayMessage(String botName, String text, @Nullable List<DoorayAttachment> attachments) {

}
