package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the pushes to one group since the proxy was started.
 *
 * @param group labels of the group
 * @param client address the last connection came from
 * @param identity name of the token that the last push has shown
 * @param userAgent User-Agent of the last push
 * @param verb verb of the last push
 * @param format format of the last push
 * @param firstSeen when the first push came
 * @param lastPush when the last push succeeded
 * @param pushes pushes that succeeded
 * @param lastBytes size of the last that succeeded, as sent
 * @param bytes size of all that succeeded
 * @param series series in the last that succeeded
 * @param refused pushes that did not succeed
 * @param lastRefusal the last of them
 * @param usualSeconds median of the last intervals between pushes that succeeded, from
 * the fourth push on
 * @param overdueRatio time since the last of them as a multiple of that
 */
public record Pusher(Map<String, String> group, String client, @Nullable String identity, @Nullable String userAgent,
		String verb, String format, Instant firstSeen, @Nullable Instant lastPush, long pushes, int lastBytes,
		long bytes, int series, long refused, @Nullable LastRefusal lastRefusal, @Nullable Double usualSeconds,
		@Nullable Double overdueRatio) {

}
