package io.monitoringstack.doorayadapter;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.monitoringstack.doorayadapter.check.Check;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.autoconfigure.metrics.DataRepositoryMetricsAutoConfiguration;
import org.springframework.boot.data.autoconfigure.web.DataWebAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;

/**
 * Starts the service, or checks its configuration where that is asked for. What comes
 * along with Spring Data is left out; {@code store} sets Redis up where it is wanted, and
 * is never a reason to be unhealthy.
 */
@SpringBootApplication(exclude = { DataRedisAutoConfiguration.class, DataRedisRepositoriesAutoConfiguration.class,
		DataRedisHealthContributorAutoConfiguration.class, DataWebAutoConfiguration.class,
		DataRepositoryMetricsAutoConfiguration.class, PersistenceExceptionTranslationAutoConfiguration.class,
		TransactionAutoConfiguration.class, TransactionManagerCustomizationAutoConfiguration.class })
@ConfigurationPropertiesScan
public class DoorayAdapterApplication {

	public static void main(String[] args) {
		if (Check.asked(args)) {
			// A container has no locale, and its standard output would write question
			// marks.
			PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
			System.exit(Check.run(DoorayAdapterApplication.class, args, System.in, out));
		}
		SpringApplication.run(DoorayAdapterApplication.class, args);
	}

}
