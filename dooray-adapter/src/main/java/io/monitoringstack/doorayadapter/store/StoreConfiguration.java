package io.monitoringstack.doorayadapter.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.told.ToldStore;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

/**
 * Shares what was told where that is wanted. Without it nothing of Redis is set up.
 */
@Profile("!watcher")
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	static final String CHOICE = "adapter.store";

	// Before anything is made of them, and without showing them: a URL may hold a
	// password, and Spring Boot's own failure shows it.
	@Bean
	static BeanFactoryPostProcessor storeSettings(Environment environment) {
		return (factory) -> check(environment);
	}

	private static void check(Environment environment) {
		String choice = environment.getProperty(CHOICE, "").strip();
		if (choice.isEmpty() || choice.equalsIgnoreCase("memory")) {
			return;
		}
		if (!choice.equalsIgnoreCase("redis")) {
			throw new IllegalArgumentException("ADAPTER_STORE has to be memory or redis");
		}
		String url = environment.getProperty("spring.data.redis.url", "");
		if (url.isBlank() && !StringUtils.hasText(environment.getProperty("spring.data.redis.host"))) {
			throw new IllegalArgumentException(
					"ADAPTER_STORE=redis needs SPRING_DATA_REDIS_HOST or SPRING_DATA_REDIS_URL");
		}
		if (!url.isBlank() && !usable(url)) {
			throw new IllegalArgumentException("SPRING_DATA_REDIS_URL has to be redis://user:password@host:port, or "
					+ "rediss:// with TLS; special characters of the password as %40");
		}
	}

	private static boolean usable(String url) {
		try {
			URI address = new URI(url);
			return address.getHost() != null
					&& ("redis".equals(address.getScheme()) || "rediss".equals(address.getScheme()));
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * Shares in Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(StoreIsShared.class)
	// A plain import: @ImportAutoConfiguration would obey the exclusion that keeps Redis
	// out where it is not wanted.
	@Import(DataRedisAutoConfiguration.class)
	static class InRedis {

		@Bean
		GuardedStore sharedStore(RedisConnectionFactory connections, Clock clock, MeterRegistry registry) {
			return new GuardedStore(new RedisStore(connections), clock, registry);
		}

	}

	/**
	 * Shares nothing.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(StoreIsNotShared.class)
	static class InMemory {

		@Bean
		ToldStore noStore() {
			return ToldStore.NONE;
		}

	}

}
