package io.monitoringstack.pushgatewayproxy.upstream;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.edge.PushStore;
import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;
import io.monitoringstack.pushgatewayproxy.groups.GroupSource;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
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

	/** Reading everything takes one of them for long. */
	private static final int CONTROL_CONNECTIONS = 10;

	@Bean
	HttpClient upstreamHttpClient(UpstreamProperties properties) {
		return pooled("pushgateway", properties);
	}

	private static HttpClient pooled(String name, UpstreamProperties properties) {
		ConnectionProvider pool = ConnectionProvider.builder(name)
			.maxConnections(properties.maxConnections())
			.pendingAcquireMaxCount(properties.maxQueue())
			.pendingAcquireTimeout(properties.queueTimeout())
			.maxIdleTime(MAX_IDLE)
			.evictInBackground(Duration.ofSeconds(10))
			.lifo()
			.build();
		return client(pool, properties).responseTimeout(properties.responseTimeout());
	}

	/**
	 * The gateway's own routing, with our one header filter in the place of all of its
	 * own.
	 * @param upstreamHttpClient connections to use
	 * @param properties settings of the gateway, all at their defaults
	 * @return the filter that asks Pushgateway
	 */
	@Bean
	NettyRoutingFilter routingFilter(HttpClient upstreamHttpClient, HttpClientProperties properties) {
		List<HttpHeadersFilter> filters = List.of(new ForwardedHeaders(() -> false));
		return new NettyRoutingFilter(upstreamHttpClient, provider(filters), properties);
	}

	/**
	 * The other half of it, which the gateway switches off with the first. Pushgateway
	 * streams nothing and sends no trailers.
	 * @return the filter that hands the answer of Pushgateway on
	 */
	@Bean
	NettyWriteResponseFilter writeResponseFilter() {
		return new NettyWriteResponseFilter(List.of(), provider(List.of()));
	}

	private static <T> ObjectProvider<T> provider(T value) {
		return new ObjectProvider<>() {
			@Override
			public Stream<T> stream() {
				return Stream.of(value);
			}
		};
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

	/**
	 * For reading all groups and deleting some, which may take long: two connections of
	 * their own.
	 * @param properties settings
	 * @return the groups
	 */
	@Bean
	GroupSource groupSource(UpstreamProperties properties) {
		ConnectionProvider few = ConnectionProvider.builder("pushgateway-groups")
			.maxConnections(2)
			.pendingAcquireMaxCount(50)
			.pendingAcquireTimeout(properties.queueTimeout())
			.maxIdleTime(MAX_IDLE)
			.build();
		return new GroupSnapshots(client(few, properties).responseTimeout(properties.responseTimeout()), properties);
	}

	@Bean
	GroupGate groupGate(PushgatewayGroups groups) {
		return new GroupGate(groups, System::nanoTime);
	}

	/**
	 * Pushgateway for checking pushes here and for dry runs. Its pushes have connections
	 * of their own, of which it knows where they lead.
	 * @param properties settings
	 * @param authorization whose the Authorization header is
	 * @param registry takes the time of each push
	 * @return the store
	 */
	@Bean
	PushgatewayStore pushgatewayStore(UpstreamProperties properties, PushStore.Authorization authorization,
			MeterRegistry registry) {
		ConnectionProvider control = ConnectionProvider.builder("pushgateway-control")
			.maxConnections(CONTROL_CONNECTIONS)
			.pendingAcquireMaxCount(5000)
			.pendingAcquireTimeout(properties.queueTimeout())
			.maxIdleTime(MAX_IDLE)
			.lifo()
			.build();
		return new PushgatewayStore(pooled("pushgateway-pushes", properties),
				client(control, properties).responseTimeout(properties.responseTimeout()),
				new QueueDrain(properties, DNS_MEMORY), properties, new ForwardedHeaders(authorization::isOurs),
				ForwardFilter.timer("answered", registry), ForwardFilter.timer("failed", registry));
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
