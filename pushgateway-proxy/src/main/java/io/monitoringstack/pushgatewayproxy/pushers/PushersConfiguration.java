package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Clock;

import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves what is known about pushers beside the gateway's routes, which never see these
 * addresses.
 */
@Configuration(proxyBeanMethods = false)
class PushersConfiguration {

	@Bean
	PusherLedger pusherLedger() {
		return new PusherLedger(Clock.systemUTC());
	}

	@Bean
	PushersLink pushersLink() {
		return new PushersLink();
	}

	@Bean
	RouterFunction<ServerResponse> pushersRoutes(PusherLedger ledger, ObjectProvider<EdgeGate> gate) {
		PushersPage page = new PushersPage(ledger, gate.getIfAvailable());
		return RouterFunctions.route()
			.route(read("/api/pushers"), page::list)
			.route(read("/pushers"), (request) -> page.file("pushers.html"))
			.route(read("/pushers.css"), (request) -> page.file("pushers.css"))
			.route(read("/pushers.js"), (request) -> page.file("pushers.js"))
			.build();
	}

	private static RequestPredicate read(String path) {
		return (request) -> path.equals(request.uri().getRawPath())
				&& (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD);
	}

}
