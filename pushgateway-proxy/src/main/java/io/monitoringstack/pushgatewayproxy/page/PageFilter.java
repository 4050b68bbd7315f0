package io.monitoringstack.pushgatewayproxy.page;

import java.util.Set;

import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Passes a page on. Pushgateway knows no HEAD, so HEAD is asked as GET; the server leaves
 * the body out of the answer. What shows groups shows all that was accepted before; if
 * Pushgateway is too slow for that, the page comes as it is, and a header says so.
 */
@Component
public final class PageFilter implements GatewayFilter {

	private static final Set<String> SHOW_GROUPS = Set.of("/", "/metrics", "/api/v1/metrics");

	private static final String STALE = "X-Push-Stale";

	private final @Nullable EdgeGate gate;

	PageFilter(ObjectProvider<EdgeGate> gate) {
		this.gate = gate.getIfAvailable();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Mono<Void> page = Mono.defer(() -> chain.filter(asGet(exchange)));
		EdgeGate edge = this.gate;
		boolean showsGroups = SHOW_GROUPS.contains(exchange.getRequest().getURI().getRawPath());
		if (edge == null || !showsGroups) {
			return page;
		}
		return edge.stored().flatMap((all) -> {
			if (!all) {
				exchange.getResponse().getHeaders().set(STALE, "true");
			}
			return page;
		});
	}

	private static ServerWebExchange asGet(ServerWebExchange exchange) {
		return (exchange.getRequest().getMethod() == HttpMethod.HEAD)
				? exchange.mutate().request((request) -> request.method(HttpMethod.GET)).build() : exchange;
	}

}
