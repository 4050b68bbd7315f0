package io.monitoringstack.dooraysimulator.settings;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the simulated Dooray allows and what this service keeps. One message per second is
 * documented by Dooray; the other limits of a message are not, and are therefore wide or
 * off until someone has measured them.
 *
 * @param perSecond messages a hook takes in any second while behaviour is normal; 0 is no
 * limit
 * @param maxBodySize largest request body, at most 16MB
 * @param maxTextLength most code points in the text of a message or attachment; 0 is no
 * limit
 * @param maxAttachments most attachments in a message; 0 is no limit
 * @param hangTime longest time a request is left without an answer
 * @param keepMessages messages kept in memory
 * @param keepSize size of the bodies kept in memory
 * @param heartbeat time between signs of life on the event stream
 * @param maxStreams clients of the event stream at one time
 */
@Validated
@ConfigurationProperties("simulator")
public record SimulatorProperties(@Min(0) @Max(1000) @DefaultValue("1") int perSecond,
		@NotNull @DefaultValue("1MB") DataSize maxBodySize, @Min(0) @DefaultValue("0") int maxTextLength,
		@Min(0) @DefaultValue("0") int maxAttachments, @NotNull @DefaultValue("60s") Duration hangTime,
		@Min(1) @Max(100_000) @DefaultValue("1000") int keepMessages, @NotNull @DefaultValue("16MB") DataSize keepSize,
		@NotNull @DefaultValue("15s") Duration heartbeat, @Min(1) @Max(10_000) @DefaultValue("100") int maxStreams) {

	private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(16);

	private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(30);

	public SimulatorProperties {
		Assert.isTrue(maxBodySize.toBytes() > 0 && maxBodySize.compareTo(LARGEST_BODY) <= 0,
				"simulator.max-body-size must be from 1B to 16MB");
		Assert.isTrue(hangTime.toMillis() > 0, "simulator.hang-time must be longer than 0");
		// The page takes a longer silence for a lost connection.
		Assert.isTrue(heartbeat.toMillis() > 0 && heartbeat.compareTo(LONGEST_HEARTBEAT) <= 0,
				"simulator.heartbeat must be longer than 0 and at most 30s");
	}

}
