package io.monitoringstack.demoapp.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.h2.Driver;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseProbeTests {

	@Test
	void findsADatabaseThatAnswers() {
		var dataSource = new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:probe");
		assertThat(new DatabaseProbe(dataSource).check()).isEqualTo(Check.healthy("Database connection is working"));
	}

	@Test
	void doesNotRepeatTheWordsOfTheDriver() {
		Check check = new DatabaseProbe(new FakeDataSource(() -> {
			throw new SQLException("password s3cret refused by db.internal:5432");
		})).check();
		assertThat(check).isEqualTo(Check.unhealthy("Database connection failed"));
	}

	@Test
	void waitsOneSecondForADatabaseThatHangsAndThenNotAtAll() {
		CountDownLatch never = new CountDownLatch(1);
		DatabaseProbe probe = new DatabaseProbe(new FakeDataSource(() -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}));
		long start = System.nanoTime();
		assertThat(probe.check()).isEqualTo(Check.unhealthy("Database did not answer in time"));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900),
				Duration.ofMillis(2_500));
		start = System.nanoTime();
		assertThat(probe.check().isHealthy()).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(200));
		never.countDown();
	}

	private interface Attempt {

		void run() throws SQLException;

	}

	private static final class FakeDataSource extends AbstractDataSource {

		private final Attempt attempt;

		FakeDataSource(Attempt attempt) {
			this.attempt = attempt;
		}

		@Override
		public Connection getConnection() throws SQLException {
			this.attempt.run();
			throw new SQLException("no connection");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
