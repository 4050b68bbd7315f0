package io.monitoringstack.doorayadapter.heartbeat;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who watches for heartbeats.
 *
 * @param url address outside that is called for each heartbeat, a secret
 * @param urlFile file that holds this address, read again for each heartbeat; an empty
 * file counts as unset
 * @param watcherUrl where the heartbeat watcher takes heartbeats
 */
@ConfigurationProperties("heartbeat")
record HeartbeatProperties(@Nullable String url, @Nullable Path urlFile, @Nullable URI watcherUrl) {

	/** Empty variables count as unset. */
	HeartbeatProperties {
		url = (url != null && !url.isBlank()) ? url.strip() : null;
		urlFile = (urlFile != null && !urlFile.toString().isBlank()) ? urlFile : null;
		watcherUrl = (watcherUrl != null && !watcherUrl.toString().isBlank()) ? watcherUrl : null;
	}

	@Override
	public String toString() {
		return "HeartbeatProperties[url=<redacted>, urlFile=%s, watcherUrl=%s]".formatted(this.urlFile,
				this.watcherUrl);
	}

}
