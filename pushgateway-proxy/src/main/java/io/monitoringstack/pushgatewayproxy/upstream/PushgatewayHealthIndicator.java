package io.monitoringstack.pushgatewayproxy.upstream;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

/**
 * Up while Pushgateway says that it is ready. Part of readiness, not of liveness:
 * starting the proxy again would not help.
 */
final class PushgatewayHealthIndicator implements ReactiveHealthIndicator {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final HttpClient client;

	private final String address;

	PushgatewayHealthIndicator(HttpClient client, UpstreamProperties properties) {
		this.client = client;
		this.address = properties.address("/-/ready");
	}

	@Override
	public Mono<Health> health() {
		return this.client.get()
			.uri(this.address)
			.responseSingle((response, body) -> Mono.just(response.status().code()))
			.timeout(PATIENCE)
			.map((status) -> ((status == 200) ? Health.up() : Health.down()).withDetail("status", status).build())
			.onErrorResume((ex) -> Mono.just(Health.down().withDetail("error", ex.getClass().getSimpleName()).build()));
	}

}
