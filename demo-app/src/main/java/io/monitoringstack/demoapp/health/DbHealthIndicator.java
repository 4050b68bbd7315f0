package io.monitoringstack.demoapp.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The database in Boot's health, named {@code db} there. Boot's own indicator would wait
 * as long as the database likes.
 */
@Component
final class DbHealthIndicator implements HealthIndicator {

	private final DatabaseProbe database;

	DbHealthIndicator(DatabaseProbe database) {
		this.database = database;
	}

	@Override
	public Health health() {
		return this.database.check().isHealthy() ? Health.up().build() : Health.down().build();
	}

}
