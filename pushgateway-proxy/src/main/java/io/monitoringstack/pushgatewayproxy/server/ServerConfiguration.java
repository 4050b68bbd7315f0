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

	/** A body that makes no progress for so long is given up. */
	private static final Duration STALLED = Duration.ofSeconds(20);

	/** No body takes longer than this as a whole. */
	private static final Duration SLOWEST_BODY = Duration.ofSeconds(60);

	@Bean
	NettyServerCustomizer bodyTimeouts() {
		return (server) -> server.readTimeout(STALLED).requestTimeout(SLOWEST_BODY);
	}

	@Bean
	NettyServerCustomizer rawTargets() {
		return (server) -> server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "rawTarget", new RawTargetHandler()));
	}

}
