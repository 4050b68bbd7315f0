package io.monitoringstack.doorayadapter.dooray;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Dooray is reached. The hooks themselves are read by {@link HookVariables}, because
 * their number and names are open.
 *
 * @param hookDir folder of files that are named after channels and hold a hook URL each
 * @param simulatorUrl where messages go while no hook is set; <code>{channel}</code>
 * stands for the channel
 * @param allowedHosts comma-separated list of hosts (or host:port) that hooks may have
 * besides Dooray's own; plain HTTP is allowed for them
 * @param caFile certificates in PEM of authorities that are trusted besides those of the
 * JDK, read at the start; an empty file counts as unset
 * @param connectTimeout time to wait for a connection
 * @param readTimeout time to wait for the complete answer, connecting included
 * @param minInterval time between Dooray's answer and the next message to the same hook;
 * Dooray takes one message a second and may drop what is over it without a word
 */
@ConfigurationProperties("dooray")
record DoorayProperties(@Nullable Path hookDir,
		@DefaultValue(DoorayProperties.DEFAULT_SIMULATOR_URL) String simulatorUrl,
		@DefaultValue List<String> allowedHosts, @Nullable Path caFile, @DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("4s") Duration readTimeout, @DefaultValue("1100ms") Duration minInterval) {

	static final String DEFAULT_SIMULATOR_URL = "http://localhost:9096/services/monitoring/{channel}/simulator";

	/** Empty variables count as unset. */
	DoorayProperties {
		simulatorUrl = simulatorUrl.isBlank() ? DEFAULT_SIMULATOR_URL : simulatorUrl.strip();
		allowedHosts = List.copyOf(allowedHosts);
		caFile = (caFile != null && !caFile.toString().isBlank()) ? caFile : null;
		hookDir = (hookDir != null && !hookDir.toString().isBlank()) ? hookDir : null;
	}

	/** The URLs may hold tokens. */
	@Override
	public String toString() {
		return "DoorayProperties[hookDir=%s, simulatorUrl=<redacted>, allowedHosts=%s]".formatted(this.hookDir,
				this.allowedHosts);
	}

}
