package io.monitoringstack.dooraysimulator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DooraySimulatorApplication {

	public static void main(String[] args) {
		SpringApplication.run(DooraySimulatorApplication.class, args);
	}

}
