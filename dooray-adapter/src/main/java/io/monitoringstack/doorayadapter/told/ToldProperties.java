package io.monitoringstack.doorayadapter.told;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what was told counts as told, and where it is kept.
 *
 * @param duplicateWindow time for which the same state of a group is not told a second
 * time; longer than Alertmanager's retries and two of its group_interval, shorter than
 * its repeat_interval; zero tells everything
 * @param flappingAfter changes of an alert's state within an hour from which on a message
 * says so; zero never says it
 * @param stateDir folder for what has to survive a restart, memory alone when empty
 */
@ConfigurationProperties("adapter")
record ToldProperties(@DefaultValue("10m") Duration duplicateWindow, @DefaultValue("6") int flappingAfter,
		@Nullable Path stateDir) {

	/** Empty variables count as unset. */
	ToldProperties {
		if (flappingAfter < 0 || flappingAfter > Flapping.MOST_CHANGES) {
			throw new IllegalArgumentException(
					"NOTIFY_FLAPPING_AFTER has to be a number from 0 (off) to " + Flapping.MOST_CHANGES);
		}
		stateDir = (stateDir != null && !stateDir.toString().isBlank()) ? stateDir : null;
	}

}
