package io.monitoringstack.demoapp;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Starts the service. Redis is set up by {@code memo.cache} and only when it is
 * configured; the health of the database is answered by {@code health} within a bounded
 * time, and a missing cache is no reason to be unhealthy.
 */
@SpringBootApplication(exclude = { DataRedisAutoConfiguration.class, DataRedisRepositoriesAutoConfiguration.class,
		DataRedisHealthContributorAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class })
@ConfigurationPropertiesScan
public class DemoAppApplication {

	public static void main(String[] args) {
		SpringApplication.run(DemoAppApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
