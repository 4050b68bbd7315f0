package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;

import io.monitoringstack.pushgatewayproxy.identity.HashCommand;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts the service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PushgatewayProxyApplication {

	public static void main(String[] args) throws IOException {
		if (HashCommand.isAskedFor(args)) {
			System.exit(HashCommand.run(args, System.in, System.out, System.err));
		}
		SpringApplication.run(PushgatewayProxyApplication.class, args);
	}

}
