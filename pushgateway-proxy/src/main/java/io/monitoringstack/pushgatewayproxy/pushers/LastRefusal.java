package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The last push to a group that did not succeed.
 *
 * @param at when
 * @param reason why, as in metrics and log
 * @param status status that was answered
 * @param text what was answered, unless that quotes the body or comes from Pushgateway
 * @param client address the connection came from
 */
public record LastRefusal(Instant at, String reason, int status, @Nullable String text, String client) {

}
