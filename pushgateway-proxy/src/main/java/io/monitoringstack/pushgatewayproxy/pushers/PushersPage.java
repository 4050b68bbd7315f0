package io.monitoringstack.pushgatewayproxy.pushers;

import java.util.List;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers with what is known about pushers: as JSON, and with the files of a page that
 * shows it.
 */
final class PushersPage {

	private static final Map<String, MediaType> FILES = Map.of("pushers.html",
			new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8), "pushers.css",
			MediaType.valueOf("text/css;charset=UTF-8"), "pushers.js",
			MediaType.valueOf("text/javascript;charset=UTF-8"));

	private final PusherLedger ledger;

	private final @Nullable EdgeGate gate;

	private final JsonMapper json = new JsonMapper();

	PushersPage(PusherLedger ledger, @Nullable EdgeGate gate) {
		this.ledger = ledger;
		this.gate = gate;
	}

	Mono<ServerResponse> list(ServerRequest request) {
		EdgeGate edge = this.gate;
		Scrape scrape = (edge != null) ? new Scrape(edge.isScrapeHealthy(), edge.isReady(),
				edge.intruders().stream().map(GroupingKey::labels).toList()) : null;
		// Ten thousand groups are some megabytes of text, which must not hold up pushes.
		return Mono
			.fromCallable(() -> this.json.writeValueAsBytes(new Listing((edge != null) ? "edge" : "upstream", scrape,
					this.ledger.pushers(), this.ledger.forgotten())))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((body) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.header("Cache-Control", "no-store")
				.header("X-Content-Type-Options", "nosniff")
				.bodyValue(body));
	}

	Mono<ServerResponse> file(String name) {
		return ServerResponse.ok()
			.contentType(FILES.getOrDefault(name, MediaType.APPLICATION_OCTET_STREAM))
			.header("Cache-Control", "no-cache")
			.header("X-Content-Type-Options", "nosniff")
			.header("Content-Security-Policy",
					"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
			.bodyValue(new ClassPathResource("pushers/" + name));
	}

	/**
	 * What {@code GET /api/pushers} answers.
	 *
	 * @param check who checks pushes
	 * @param scrape how Pushgateway's scrape does, where the proxy looks at that
	 * @param pushers groups that were pushed to
	 * @param forgotten groups that are left out for want of room
	 */
	record Listing(String check, @Nullable Scrape scrape, List<Pusher> pushers, long forgotten) {

	}

	/**
	 * How Pushgateway's scrape does.
	 *
	 * @param healthy whether it succeeds
	 * @param ready whether the index knows what Pushgateway holds
	 * @param poisonedBy groups that make it fail
	 */
	record Scrape(boolean healthy, boolean ready, List<Map<String, String>> poisonedBy) {

	}

}
