package io.monitoringstack.pushgatewayproxy.push;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept for a Pushgateway that crashes.
 *
 * @param replay whether it is given again what it had accepted and did not write
 * @param replayMaxBytes most memory to take for that
 * @param check who checks pushes
 */
@Validated
@ConfigurationProperties("push")
record ReplayProperties(@DefaultValue("false") boolean replay, @NotNull @DefaultValue("16MB") DataSize replayMaxBytes,
		@NotNull @DefaultValue("edge") PushCheck check) {

	private static final DataSize MOST = DataSize.ofGigabytes(4);

	@AssertTrue(
			message = "push.replay (PUSH_REPLAY) needs push.check=edge (PUSH_CHECK): only then the proxy knows when Pushgateway was started anew")
	boolean isReplayOnlyWithEdge() {
		return !this.replay || this.check == PushCheck.EDGE;
	}

	@AssertTrue(message = "push.replay-max-bytes (PUSH_REPLAY_MAX_BYTES) must be between 1B and 4GB")
	boolean isReplayMaxBytesSane() {
		return this.replayMaxBytes.toBytes() > 0 && this.replayMaxBytes.compareTo(MOST) <= 0;
	}

	/**
	 * Memory to take.
	 * @return bytes, 0 if nothing is to be kept
	 */
	long bytes() {
		return this.replay ? this.replayMaxBytes.toBytes() : 0;
	}

}
