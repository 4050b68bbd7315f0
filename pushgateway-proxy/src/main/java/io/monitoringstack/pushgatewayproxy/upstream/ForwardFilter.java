package io.monitoringstack.pushgatewayproxy.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The last step before the gateway's own routing: sets the exact address, tries a second
 * time if there was no connection, and says in plain words what went wrong.
 */
public final class ForwardFilter implements GatewayFilter {

	/** Behind everything but the routing itself. */
	public static final int ORDER = 10_100;

	private static final Duration PAUSE = Duration.ofMillis(250);

	/**
	 * Sending this much cannot block, so waiting for the answer is all that takes time.
	 */
	private static final int FITS_INTO_SOCKET = 16 * 1024;

	private final UpstreamProperties properties;

	private final ForwardedHeaders headers;

	private final Timer answered;

	private final Timer failed;

	public ForwardFilter(UpstreamProperties properties, BooleanSupplier hideAuthorization, MeterRegistry registry) {
		this.properties = properties;
		this.headers = new ForwardedHeaders(hideAuthorization);
		this.answered = timer("answered", registry);
		this.failed = timer("failed", registry);
	}

	static Timer timer(String outcome, MeterRegistry registry) {
		return Timer.builder("pushgateway.proxy.upstream")
			.description("Time Pushgateway takes to answer")
			.tag("outcome", outcome)
			.serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
					Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
					Duration.ofSeconds(5))
			.register(registry);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = this.headers.clean(exchange.getRequest());
		ServerWebExchange forwarded = exchange.mutate().request(request).build();
		forwarded.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, address(request.getURI()));
		long start = System.nanoTime();
		Mono<Void> answer = Mono.defer(() -> attempt(forwarded, chain))
			.retryWhen(Retry.fixedDelay(1, PAUSE)
				.filter(UpstreamFailures::isConnectFailure)
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()));
		if (request.getHeaders().getContentLength() > FITS_INTO_SOCKET) {
			answer = answer.timeout(this.properties.responseTimeout().plus(this.properties.queueTimeout()));
		}
		return answer.doOnSuccess((none) -> this.answered.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
			.doOnError((ex) -> this.failed.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
			.onErrorMap(UpstreamFailures::asRefusal)
			.then(Mono.fromRunnable(() -> dropRedirect(forwarded)));
	}

	private static Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain) {
		// A second attempt is not "already routed".
		exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
		return chain.filter(exchange);
	}

	private URI address(URI uri) {
		String query = uri.getRawQuery();
		return URI.create(this.properties.address(uri.getRawPath() + ((query != null) ? "?" + query : "")));
	}

	// Takes the target off a redirect, which many clients would follow into losing their
	// push.
	private static void dropRedirect(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		if (status != null && status.is3xxRedirection() && status.value() != 304) {
			exchange.getResponse().setRawStatusCode(404);
			exchange.getResponse().getHeaders().remove(HttpHeaders.LOCATION);
		}
	}

}
