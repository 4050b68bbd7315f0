package io.monitoringstack.doorayadapter.message;

import org.jspecify.annotations.Nullable;

/**
 * What all parts of one message share.
 *
 * @param times writes times as of the message
 * @param findings what is known of single alerts
 * @param template what the operator wants instead of the built-in texts, {@code null} for
 * those
 */
record Context(Times times, Findings findings, @Nullable MessageTemplate template) {

}
