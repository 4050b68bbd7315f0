package io.monitoringstack.demoapp.memo.jdbc;

import java.util.Map;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Gives PostgreSQL connections the time limits its driver does not have by default, so
 * that a server that hangs costs seconds, not the operating system's many minutes. A
 * limit in the URL or in {@code spring.datasource.hikari.data-source-properties} wins. H2
 * refuses settings it does not know, so this cannot be in the configuration file.
 */
@Component
final class PostgresTimeouts implements BeanPostProcessor {

	private static final Map<String, String> LIMITS = Map.of("connectTimeout", "2", "socketTimeout", "5",
			"cancelSignalTimeout", "2", "tcpKeepAlive", "true", "ApplicationName", "demo-app");

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof HikariDataSource pool && isPostgres(pool)) {
			Properties properties = pool.getDataSourceProperties();
			LIMITS.forEach(properties::putIfAbsent);
		}
		return bean;
	}

	private static boolean isPostgres(HikariDataSource pool) {
		String url = pool.getJdbcUrl();
		return url != null && url.startsWith("jdbc:postgresql:");
	}

}
