package io.monitoringstack.pushgatewayproxy.pushers;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;

/**
 * A push as it came, before it is known what becomes of it. Nothing of the body, the
 * query and the other headers is in it.
 *
 * @param key group addressed
 * @param client address the connection comes from
 * @param identity name of the token that was shown, if that has one
 * @param userAgent User-Agent header, cut short
 * @param verb verb that was asked for
 * @param format format of the body
 */
public record SeenPush(GroupingKey key, String client, @Nullable String identity, @Nullable String userAgent,
		String verb, String format) {

	private static final int LONGEST_AGENT = 120;

	public SeenPush {
		if (userAgent != null && userAgent.length() > LONGEST_AGENT) {
			userAgent = userAgent.substring(0, LONGEST_AGENT) + "…";
		}
	}

}
