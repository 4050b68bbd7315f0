package io.monitoringstack.pushgatewayproxy.push;

import java.nio.file.Path;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What is accepted from those who push.
 *
 * @param mode what a PUT does to the other metrics of its group
 * @param maxBytes largest body, as sent and decoded. The default holds about 100,000
 * series; Pushgateway itself has no limit, and one push of 400,000 series was seen to
 * make every later one take half a second
 * @param maxSeries most series in one push
 * @param maxInFlightBytes most memory that bodies of pushes under way may take together
 * @param bearerToken token that pushes and deletes must bring, a secret
 * @param bearerTokenFile file that holds the token; an empty file is no token
 * @param tokensFile file of tokens with names, each for some jobs; an empty file is none
 * @param limitsFile file of limits by job; an empty file is none
 * @param utf8Names whether Pushgateway runs with {@code --push.enable-utf8-names}
 * @param check who finds out whether a push contradicts what others pushed
 * @param maxTotalSeries most series that may be in Pushgateway when pushes are checked
 * here; each takes some 40 bytes of memory
 * @param maxJobs most job names that metrics tell apart; further ones count as other
 */
@Validated
@ConfigurationProperties("push")
public record PushProperties(@NotNull @DefaultValue("merge") PushMode mode,
		@NotNull @DefaultValue("10MB") DataSize maxBytes, @Min(1) @DefaultValue("100000") int maxSeries,
		@NotNull @DefaultValue("48MB") DataSize maxInFlightBytes, @Nullable String bearerToken,
		@Nullable Path bearerTokenFile, @Nullable Path tokensFile, @Nullable Path limitsFile,
		@DefaultValue("false") boolean utf8Names, @NotNull @DefaultValue("edge") PushCheck check,
		@Min(1) @Max(20_000_000) @DefaultValue("500000") int maxTotalSeries,
		@Min(1) @Max(5000) @DefaultValue("200") int maxJobs) {

	private static final DataSize LARGEST_BODY = DataSize.ofGigabytes(1);

	@AssertTrue(message = "push.max-bytes (PUSH_MAX_BYTES) must be between 1B and 1GB")
	boolean isMaxBytesSane() {
		return this.maxBytes.toBytes() > 0 && this.maxBytes.compareTo(LARGEST_BODY) <= 0;
	}

	@AssertTrue(
			message = "push.max-in-flight-bytes (PUSH_MAX_IN_FLIGHT_BYTES) must be at least three times push.max-bytes (PUSH_MAX_BYTES), or the largest push could never pass")
	boolean isRoomForLargestPush() {
		return this.maxInFlightBytes.toBytes() >= 3 * this.maxBytes.toBytes();
	}

	@AssertTrue(
			message = "only one of push.bearer-token (PUSH_BEARER_TOKEN) and push.bearer-token-file (PUSH_BEARER_TOKEN_FILE) may be set")
	boolean isOneTokenSource() {
		return this.bearerToken == null || this.bearerToken.isEmpty() || !hasTokenFile();
	}

	@AssertTrue(
			message = "push.mode=owned (PUSH_MODE) needs push.check=edge (PUSH_CHECK): only then it is known what a group holds, and its pushes go one after the other")
	boolean isOwnedOnlyWithEdge() {
		return this.mode != PushMode.OWNED || this.check == PushCheck.EDGE;
	}

	boolean hasTokenFile() {
		return this.bearerTokenFile != null && !this.bearerTokenFile.toString().isEmpty();
	}

	@Override
	public String toString() {
		return "PushProperties[mode=%s, maxBytes=%s, maxSeries=%d, maxInFlightBytes=%s, bearerToken=<redacted>, utf8Names=%s, check=%s, maxTotalSeries=%d, maxJobs=%d]"
			.formatted(this.mode, this.maxBytes, this.maxSeries, this.maxInFlightBytes, this.utf8Names, this.check,
					this.maxTotalSeries, this.maxJobs);
	}

}
