package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;

/**
 * How a push or delete that is in order goes on to Pushgateway.
 */
interface PushRoute {

	/**
	 * Sends a push on and answers.
	 * @param exchange request and answer
	 * @param chain rest of the gateway's filters
	 * @param path group addressed
	 * @param inspection what the body holds
	 * @return completes when it is answered
	 */
	Mono<Void> push(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, Inspection inspection);

	/**
	 * Sends a delete on and answers.
	 * @param exchange request and answer
	 * @param chain rest of the gateway's filters
	 * @param path group addressed
	 * @param body body of the delete, mostly empty
	 * @return completes when it is answered
	 */
	Mono<Void> delete(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, DecodedBody body);

}
