package io.monitoringstack.doorayadapter;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

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
			// A container has no locale, and its standard output would write question
			// marks.
			PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
			System.exit(Check.run(DoorayAdapterApplication.class, args, System.in, out));
		}
		SpringApplication.run(DoorayAdapterApplication.class, args);
	}

}
