package io.monitoringstack.pushgatewayproxy.upstream;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The connections to Pushgateway: one pool for pushes and pages, and one connection of
 * its own for cleaning up, so that cleaning up can neither be starved nor starve others.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

	/** Shorter than any idle limit on the way; Pushgateway itself has none. */
	private static final Duration MAX_IDLE = Duration.ofSeconds(30);

	/** A container that is made anew gets a new address. */
	private static final Duration DNS_MEMORY = Duration.ofSeconds(5);

	@Bean
	HttpClient upstreamHttpClient(UpstreamProperties properties) {
		ConnectionProvider pool = ConnectionProvider.builder("pushgateway")
			.maxConnections(properties.maxConnections())
			.pendingAcquireMaxCount(properties.maxQueue())
			.pendingAcquireTimeout(properties.queueTimeout())
			.maxIdleTime(MAX_IDLE)
			.evictInBackground(Duration.ofSeconds(10))
			.lifo()
			.build();
		return client(pool, properties);
	}

	@Bean
	PushgatewayGroups pushgatewayGroups(UpstreamProperties properties, MeterRegistry registry) {
		ConnectionProvider single = ConnectionProvider.builder("pushgateway-cleanup")
			.maxConnections(1)
			.pendingAcquireMaxCount(200)
			.pendingAcquireTimeout(properties.queueTimeout())
			.maxIdleTime(MAX_IDLE)
			.build();
		return new PushgatewayGroups(client(single, properties), properties, registry);
	}

	@Bean
	GroupGate groupGate(PushgatewayGroups groups) {
		return new GroupGate(groups, System::nanoTime);
	}

	@Bean
	PushgatewayHealthIndicator pushgatewayHealthIndicator(UpstreamProperties properties) {
		return new PushgatewayHealthIndicator(client(ConnectionProvider.newConnection(), properties), properties);
	}

	private static HttpClient client(ConnectionProvider connections, UpstreamProperties properties) {
		return HttpClient.create(connections)
			// A retry of the library's own could repeat a push that was stored already.
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.connectTimeout().toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.resolver((dns) -> dns.cacheMaxTimeToLive(DNS_MEMORY).cacheNegativeTimeToLive(Duration.ofSeconds(1)));
	}

}
