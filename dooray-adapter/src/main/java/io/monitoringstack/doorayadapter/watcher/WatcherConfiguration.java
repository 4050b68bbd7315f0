package io.monitoringstack.doorayadapter.watcher;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the watch.
 */
@Profile("watcher")
@EnableScheduling
@Configuration(proxyBeanMethods = false)
class WatcherConfiguration {

	@Bean
	Watch watch(WatcherProperties properties, Clock clock) {
		return new Watch(clock.instant(), properties.limit(), properties.repeat());
	}

}
