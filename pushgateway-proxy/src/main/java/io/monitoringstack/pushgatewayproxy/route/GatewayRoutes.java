package io.monitoringstack.pushgatewayproxy.route;

import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.page.NothingHereFilter;
import io.monitoringstack.pushgatewayproxy.page.PageFilter;
import io.monitoringstack.pushgatewayproxy.page.PagePaths;
import io.monitoringstack.pushgatewayproxy.push.PushAccess;
import io.monitoringstack.pushgatewayproxy.push.PushFilter;
import io.monitoringstack.pushgatewayproxy.upstream.ForwardFilter;
import io.monitoringstack.pushgatewayproxy.upstream.UpstreamProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * The whole route table. What matches neither of the first two routes never leaves the
 * proxy.
 */
@Configuration(proxyBeanMethods = false)
class GatewayRoutes {

	private static final Set<HttpMethod> PUSH_VERBS = Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE);

	private static final Set<HttpMethod> PAGE_VERBS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	@Bean
	RouteLocator routes(RouteLocatorBuilder routes, UpstreamProperties upstream, MeterRegistry registry,
			PushAccess access, PushFilter push, PageFilter page, NothingHereFilter nothingHere) {
		ForwardFilter forward = new ForwardFilter(upstream, access::isRequired, registry);
		return routes.routes()
			.route("push",
					(route) -> route.predicate(GatewayRoutes::isPush)
						.filters((filters) -> filters.filter(push, 1).filter(forward, ForwardFilter.ORDER))
						.uri(upstream.url()))
			.route("page",
					(route) -> route.predicate(GatewayRoutes::isPage)
						.filters((filters) -> filters.filter(page, 1).filter(forward, ForwardFilter.ORDER))
						.uri(upstream.url()))
			.route("nothing-here",
					(route) -> route.predicate((exchange) -> true)
						.filters((filters) -> filters.filter(nothingHere, 1))
						.uri("no://where"))
			.build();
	}

	/**
	 * Not under the OpenTelemetry agent, which names the span of a push after the
	 * gateway's route.
	 * @param push what takes pushes
	 * @return the turn-off, if pushes are checked here
	 */
	@Bean
	@ConditionalOnProperty(name = "push.check", havingValue = "edge", matchIfMissing = true)
	@ConditionalOnMissingClass("io.opentelemetry.javaagent.OpenTelemetryAgent")
	PushTurnoff pushTurnoff(PushFilter push) {
		return new PushTurnoff(push);
	}

	static boolean isPush(ServerWebExchange exchange) {
		return PUSH_VERBS.contains(exchange.getRequest().getMethod())
				&& PushPath.isGroupAddress(exchange.getRequest().getURI().getRawPath());
	}

	private static boolean isPage(ServerWebExchange exchange) {
		return PAGE_VERBS.contains(exchange.getRequest().getMethod())
				&& PagePaths.contains(exchange.getRequest().getURI().getRawPath());
	}

}
