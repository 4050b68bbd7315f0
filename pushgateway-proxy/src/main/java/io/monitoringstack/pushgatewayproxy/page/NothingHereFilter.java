package io.monitoringstack.pushgatewayproxy.page;

import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.refusal.Excerpt;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers whatever is not served, and says what is. Nothing goes to Pushgateway from
 * here.
 */
@Component
public final class NothingHereFilter implements GatewayFilter {

	private static final String SERVED = """
			Served are:
			  PUT, POST, DELETE  /metrics/job/<job>{/<label>/<value>}   (or job@base64, <label>@base64)
			  GET                /  /metrics  /api/v1/metrics  /api/v1/status  /-/healthy  /-/ready
			  GET                /pushers  /api/pushers                   (who pushed what)
			  PUT, POST          /-/check/metrics/job/<job>...            (what the push would do)
			  DELETE             /metrics?match[]=<selector>              (lists groups; with &dry_run=false deletes them)
			Pushgateway's admin, quit and debug addresses are not available through this proxy.""";

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String path = exchange.getRequest().getURI().getRawPath();
		String verb = exchange.getRequest().getMethod().name();
		return Mono.error(answer(path, verb).asException());
	}

	static Refusal answer(String path, String verb) {
		if (PushPath.isGroupAddress(path)) {
			return wrongVerb(path, verb, "PUT, POST, DELETE");
		}
		if (PushPath.isCheckAddress(path)) {
			return wrongVerb(path, verb, "PUT, POST");
		}
		if (PagePaths.contains(path)) {
			return wrongVerb(path, verb, "GET, HEAD");
		}
		return new Refusal(404, Reason.NOT_FOUND, "Nothing is served at " + Excerpt.quoted(path) + ".\n" + SERVED);
	}

	private static Refusal wrongVerb(String path, String verb, String allowed) {
		return new Refusal(405, Reason.METHOD, Excerpt.plain(verb) + " is not possible at " + Excerpt.quoted(path)
				+ ", only " + allowed + ".\n" + SERVED, Map.of(HttpHeaders.ALLOW, allowed));
	}

}
