package io.monitoringstack.doorayadapter.watcher;

import java.time.Duration;

import io.monitoringstack.doorayadapter.routing.Channel;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the watcher speaks, and where.
 *
 * @param limit time without a heartbeat after which it speaks; Prometheus repeats its
 * heartbeat about once a minute
 * @param repeat time after which it speaks again while the silence lasts
 * @param channel channel whose hook it uses
 */
@ConfigurationProperties("watcher")
record WatcherProperties(@DefaultValue("3m") Duration limit, @DefaultValue("1h") Duration repeat,
		@DefaultValue(Channel.CRITICAL) String channel) {

	WatcherProperties {
		if (limit.compareTo(Duration.ofSeconds(1)) < 0 || repeat.compareTo(limit) < 0) {
			throw new IllegalArgumentException("WATCHER_LIMIT has to be a second at least, and WATCHER_REPEAT no less");
		}
		channel = channel.isBlank() ? Channel.CRITICAL : Channel.normalise(channel);
	}

}
