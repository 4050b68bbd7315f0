package io.monitoringstack.doorayadapter;

import io.monitoringstack.doorayadapter.check.Check;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the service, or checks its configuration where that is asked for.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DoorayAdapterApplication {

	public static void main(String[] args) {
		if (Check.asked(args)) {
			System.exit(Check.run(DoorayAdapterApplication.class, args, System.in, System.out));
		}
		SpringApplication.run(DoorayAdapterApplication.class, args);
	}

}
