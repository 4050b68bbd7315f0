package io.monitoringstack.doorayadapter.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How webhook messages come in.
 *
 * @param bearerToken token that callers have to send, a secret; nobody is asked for one
 * when it is empty
 * @param bearerTokenFile file that holds the token, read again when it changes
 * @param allowedAddresses comma-separated list of the addresses and networks (CIDR) that
 * may call anything but Actuator; everybody may when it is empty
 * @param maxBodySize size up to which a body is read; the message tells what was read up
 * to there
 * @param maxConcurrent number of bodies read at the same time; the memory needed grows
 * with it
 * @param keptAlerts number of alerts of one message whose details are kept
 * @param answerWithin time within which a caller is answered whatever happens;
 * Alertmanager is told to wait 10 seconds
 */
@Validated
@ConfigurationProperties("webhook")
record WebhookProperties(@Nullable String bearerToken, @Nullable Path bearerTokenFile,
		@DefaultValue List<String> allowedAddresses, @DefaultValue("32MB") DataSize maxBodySize,
		@DefaultValue("32") @Min(1) int maxConcurrent, @DefaultValue("40") @Min(1) @Max(200) int keptAlerts,
		@DefaultValue("9500ms") Duration answerWithin) {

	WebhookProperties {
		allowedAddresses = List.copyOf(allowedAddresses);
		AllowedAddresses.of(allowedAddresses);
	}

	@Override
	public String toString() {
		return "WebhookProperties[bearerToken=<redacted>, bearerTokenFile=%s, maxBodySize=%s, maxConcurrent=%s, keptAlerts=%s]"
			.formatted(this.bearerTokenFile, this.maxBodySize, this.maxConcurrent, this.keptAlerts);
	}

}
