package io.monitoringstack.demoapp.memo.neighbour;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who summarizes memos.
 *
 * @param url address of another instance of this service; this instance when empty
 * @param connectTimeout time to wait for a connection
 * @param readTimeout time to wait for the answer
 */
@ConfigurationProperties("neighbour")
record NeighbourProperties(@Nullable URI url, @DefaultValue("1s") Duration connectTimeout,
		@DefaultValue("3s") Duration readTimeout) {

	NeighbourProperties {
		if (url != null && url.toString().isEmpty()) {
			url = null;
		}
		if (url != null && (url.getHost() == null || url.getScheme() == null || !url.getScheme().startsWith("http"))) {
			throw new IllegalArgumentException("NEIGHBOUR_URL must look like http://host:port");
		}
	}

}
