package io.monitoringstack.pushgatewayproxy.route;

import io.monitoringstack.pushgatewayproxy.push.PushFilter;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Takes pushes off the common way as early as possible: one that is checked at the edge
 * is sent by our own client and needs no route, predicate or filter of the gateway, which
 * cost it more than the check does.
 */
final class PushTurnoff implements WebFilter, Ordered {

	private static final GatewayFilterChain END = (exchange) -> Mono
		.error(new IllegalStateException("a push that is checked at the edge is not routed"));

	private final PushFilter push;

	PushTurnoff(PushFilter push) {
		this.push = push;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return GatewayRoutes.isPush(exchange) ? this.push.filter(exchange, END) : chain.filter(exchange);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
