package io.monitoringstack.doorayadapter.message;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a hook has to tell besides alerts, in the next message that leaves for it.
 *
 * @param stormBegins whether messages are digests from now on
 * @param stormEnded the storm that is over, {@code null} when there was none
 * @param missed what Dooray did not take for a while, {@code null} when there was none
 */
public record Notices(boolean stormBegins, @Nullable Storm stormEnded, @Nullable Missed missed) {

	/** Nothing to tell. */
	public static final Notices NONE = new Notices(false, null, null);

	/**
	 * A time of more alerts than anybody reads one by one.
	 *
	 * @param lasted how long
	 * @param groups number of groups told meanwhile
	 * @param messages number of messages they took
	 */
	public record Storm(Duration lasted, int groups, int messages) {

	}

	/**
	 * A time without delivery.
	 *
	 * @param lasted how long
	 * @param groups number of groups that were to be told and were not
	 * @param names names of their alerts, some of them
	 */
	public record Missed(Duration lasted, int groups, List<String> names) {

	}

}
