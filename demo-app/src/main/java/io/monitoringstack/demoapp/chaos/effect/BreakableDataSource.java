package io.monitoringstack.demoapp.chaos.effect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that gives no connections while it is broken, as when the network to the
 * database is gone. Connections that are in use are left alone, so nothing is damaged.
 */
final class BreakableDataSource extends DelegatingDataSource {

	private static final String CONNECTION_FAILURE = "08006";

	private final BooleanSupplier broken;

	BreakableDataSource(DataSource target, BooleanSupplier broken) {
		super(target);
		this.broken = broken;
	}

	@Override
	public Connection getConnection() throws SQLException {
		check();
		return super.getConnection();
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		check();
		return super.getConnection(username, password);
	}

	private void check() throws SQLException {
		if (this.broken.getAsBoolean()) {
			throw new SQLTransientConnectionException("The connection to the database was lost on purpose",
					CONNECTION_FAILURE);
		}
	}

}
