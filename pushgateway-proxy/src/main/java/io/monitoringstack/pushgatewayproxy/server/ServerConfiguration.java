package io.monitoringstack.pushgatewayproxy.server;

import java.time.Duration;

import reactor.netty.NettyPipeline;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Limits of the server that have no setting of Boot's, and what it does to request
 * targets.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	/** No body takes longer than this to arrive. */
	private static final Duration SLOWEST_BODY = Duration.ofSeconds(30);

	@Bean
	NettyServerCustomizer bodyTimeout() {
		return (server) -> server.requestTimeout(SLOWEST_BODY);
	}

	@Bean
	NettyServerCustomizer rawTargets() {
		return (server) -> server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "rawTarget", new RawTargetHandler()));
	}

}
