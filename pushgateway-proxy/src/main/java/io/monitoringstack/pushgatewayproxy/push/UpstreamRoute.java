package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.ghost.GroupGate;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The way to a Pushgateway that checks pushes: through the gateway, and the group is
 * cleaned up when Pushgateway refuses.
 */
final class UpstreamRoute implements PushRoute {

	private final PushMode mode;

	private final GroupGate gate;

	UpstreamRoute(PushMode mode, GroupGate gate) {
		this.mode = mode;
		this.gate = gate;
	}

	@Override
	public Mono<Void> push(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, Inspection inspection) {
		return forward(exchange, chain, path, inspection.body(), inspection.translation(), false);
	}

	@Override
	public Mono<Void> delete(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, DecodedBody body) {
		return forward(exchange, chain, path, body, null, true);
	}

	private Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, DecodedBody body,
			@Nullable Translation translation, boolean delete) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpRequest forwarded = new ForwardedPush(request, this.mode.verb(request.getMethod()), path.forwarded(),
				body, translation, exchange.getResponse().bufferFactory());
		ServerWebExchange mutated = exchange.mutate().request(forwarded).build();
		return this.gate.pass(path.key(), delete,
				chain.filter(mutated).then(Mono.fromSupplier(() -> PushFilter.status(exchange))));
	}

}
