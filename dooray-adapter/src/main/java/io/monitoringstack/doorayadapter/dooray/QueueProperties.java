package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What happens to messages that wait for their hook.
 *
 * @param maxQueueSize memory for all that wait; critical alerts may use all of it, others
 * four fifths
 * @param stormGroups number of waiting groups above which they are counted instead of
 * told one by one
 * @param stormAlerts number of alerts of waiting groups above which they are counted
 * @param stormQuiet time without such a crowd after which a storm is over
 * @param breakerFailures number of failed exchanges in a row after which Dooray is left
 * alone
 * @param breakerPause for how long
 * @param outageAfter time without delivery after which what was not told is summed up
 */
@Validated
@ConfigurationProperties("dooray")
record QueueProperties(@DefaultValue("24MB") DataSize maxQueueSize, @DefaultValue("30") @Min(2) int stormGroups,
		@DefaultValue("1000") @Min(2) int stormAlerts, @DefaultValue("30s") Duration stormQuiet,
		@DefaultValue("5") @Min(1) int breakerFailures, @DefaultValue("5s") Duration breakerPause,
		@DefaultValue("10s") Duration outageAfter) {

}
