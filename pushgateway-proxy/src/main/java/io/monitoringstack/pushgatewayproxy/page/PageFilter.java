package io.monitoringstack.pushgatewayproxy.page;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Passes a page on. Pushgateway knows no HEAD, so HEAD is asked as GET; the server leaves
 * the body out of the answer.
 */
@Component
public final class PageFilter implements GatewayFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
			return chain.filter(exchange.mutate().request((request) -> request.method(HttpMethod.GET)).build());
		}
		return chain.filter(exchange);
	}

}
