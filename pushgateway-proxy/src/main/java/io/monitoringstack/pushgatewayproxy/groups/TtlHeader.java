package io.monitoringstack.pushgatewayproxy.groups;

import java.time.Duration;

import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The header by which a push says how long its group lives.
 */
public final class TtlHeader {

	/** Name of the header. */
	public static final String NAME = "X-Push-TTL";

	private TtlHeader() {
	}

	/**
	 * Reads the header.
	 * @param value its value, {@code null} if it is not there
	 * @return the life of the group, zero for ever, {@code null} if the push says nothing
	 */
	public static @Nullable Duration read(@Nullable String value) {
		if (value == null) {
			return null;
		}
		Duration ttl = TtlRules.read(value);
		if (ttl == null) {
			throw new Refusal(400, Reason.TTL,
					NAME + " is " + Excerpt.quoted(value)
							+ ", which is no time of at least one minute. Write for example 90m, 36h, 7d, or never.")
				.asException();
		}
		return ttl;
	}

}
