package io.monitoringstack.demoapp.memo.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.demoapp.memo.Memo;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;
import org.springframework.util.Assert;

/**
 * Chooses the cache: Redis when {@code spring.data.redis.host} or {@code .url} is set,
 * else Caffeine in this process.
 */
@Configuration(proxyBeanMethods = false)
class MemoCacheConfiguration {

	static final String CACHE = "memos";

	// Bounds how long another instance's change can stay unseen.
	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

	private static final int LOCAL_ENTRIES = 1_000;

	@Bean
	GuardedMemoCache memoCache(CacheManager caches, MeterRegistry meters, Clock clock) {
		var cache = caches.getCache(CACHE);
		Assert.state(cache != null, "No cache for memos");
		return new GuardedMemoCache(cache, meters, clock);
	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(RedisIsConfigured.class)
	// A plain import: @ImportAutoConfiguration would obey the exclusion that keeps Redis
	// out where it is not configured.
	@Import(DataRedisAutoConfiguration.class)
	static class InRedis {

		@Bean
		RedisCacheManager cacheManager(RedisConnectionFactory connections, JsonMapper json) {
			var values = SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(json, Memo.class));
			RedisCacheConfiguration settings = RedisCacheConfiguration.defaultCacheConfig()
				.entryTtl(TIME_TO_LIVE)
				.disableCachingNullValues()
				.prefixCacheNameWith("demo-app:")
				.serializeValuesWith(values);
			// SCAN, because KEYS would stop a Redis that others use too.
			return RedisCacheManager
				.builder(RedisCacheWriter.nonLockingRedisCacheWriter(connections, BatchStrategies.scan(100)))
				.cacheDefaults(settings)
				.initialCacheNames(Set.of(CACHE))
				.disableCreateOnMissingCache()
				.enableStatistics()
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Conditional(RedisIsNotConfigured.class)
	static class InProcess {

		@Bean
		CaffeineCacheManager cacheManager() {
			CaffeineCacheManager caches = new CaffeineCacheManager();
			caches.setCaffeine(
					Caffeine.newBuilder().expireAfterWrite(TIME_TO_LIVE).maximumSize(LOCAL_ENTRIES).recordStats());
			caches.setCacheNames(List.of(CACHE));
			return caches;
		}

	}

}
