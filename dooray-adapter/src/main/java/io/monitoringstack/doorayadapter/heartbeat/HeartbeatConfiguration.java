package io.monitoringstack.doorayadapter.heartbeat;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Gives heartbeats those who watch for them.
 */
@Profile("!watcher")
@Configuration(proxyBeanMethods = false)
class HeartbeatConfiguration {

	@Bean
	Heartbeats heartbeats(HeartbeatProperties properties, HttpClient client, MeterRegistry registry, Clock clock) {
		return new Heartbeats(List.of(HttpHeartbeatWatcher.own(client, properties.watcherUrl()),
				HttpHeartbeatWatcher.outside(client, new OutsideAddress(properties))), registry, clock);
	}

}
