package io.monitoringstack.demoapp.health;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import io.monitoringstack.demoapp.bounded.BoundedCall;

import org.springframework.stereotype.Component;

/**
 * Looks whether the database answers, and never for longer than {@value #LIMIT_MILLIS}
 * milliseconds, whatever the database does.
 */
@Component
final class DatabaseProbe {

	private static final int LIMIT_MILLIS = 1_000;

	private final BoundedCall<Boolean> call;

	DatabaseProbe(DataSource dataSource) {
		this.call = new BoundedCall<>("database-probe", Duration.ofMillis(LIMIT_MILLIS), () -> isValid(dataSource));
	}

	Check check() {
		try {
			return this.call.get() ? Check.healthy("Database connection is working")
					: Check.unhealthy("Database connection is broken");
		}
		catch (TimeoutException ex) {
			return Check.unhealthy("Database did not answer in time");
		}
		catch (ExecutionException ex) {
			// The driver's words may contain an address: they stay here.
			return Check.unhealthy("Database connection failed");
		}
	}

	private static boolean isValid(DataSource dataSource) throws Exception {
		try (Connection connection = dataSource.getConnection()) {
			return connection.isValid(LIMIT_MILLIS / 1_000);
		}
	}

}
