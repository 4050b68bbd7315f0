package io.monitoringstack.doorayadapter.trend;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.delivery.Trends;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Draws trends where they are wanted.
 */
@Profile("!watcher")
@Configuration(proxyBeanMethods = false)
class TrendConfiguration {

	@Bean
	Trends trends(@Value("${NOTIFY_SPARKLINE:false}") String wanted, @Value("${PROMETHEUS_URL:}") String prometheus,
			HttpClient client, Clock clock, MeterRegistry registry) {
		if (!wanted.isBlank() && !wanted.strip().matches("(?i)true|false")) {
			throw new IllegalArgumentException("NOTIFY_SPARKLINE has to be true or false");
		}
		if (!Boolean.parseBoolean(wanted.strip())) {
			return Trends.NONE;
		}
		if (!prometheus.strip().matches("(?i)https?://[^/\\s@]+(?:/\\S*)?")) {
			throw new IllegalArgumentException(
					"NOTIFY_SPARKLINE needs PROMETHEUS_URL, an http or https URL without user and password");
		}
		return new PrometheusTrends(URI.create(prometheus.strip()), client, clock, registry);
	}

}
