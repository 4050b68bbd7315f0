package io.monitoringstack.demoapp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A neighbour that is another process, and what becomes of a summary when it is unwell.
 */
@WholeService
class NeighbourTests {

	private static final HttpServer neighbour = start();

	private static volatile String behaviour = "";

	private static volatile String asked = "";

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void neighbour(DynamicPropertyRegistry registry) {
		registry.add("neighbour.url", () -> "http://127.0.0.1:" + neighbour.getAddress().getPort() + "/");
		registry.add("neighbour.read-timeout", () -> "300ms");
	}

	@AfterAll
	static void stop() {
		neighbour.stop(0);
	}

	@Test
	void isAskedAboutTheTextOfTheMemo() {
		behaviour = "well";
		summary().expectStatus().isOk().expectBody().jsonPath("$.summary.excerpt").isEqualTo("from the neighbour");
		assertThat(asked).isEqualTo("POST /internal/summaries {\"text\":\"한 줄\"}");
	}

	@Test
	void isA502WhenItFailsOrTalksNonsense() {
		for (String unwell : new String[] { "failing", "empty", "nonsense" }) {
			behaviour = unwell;
			summary().expectStatus()
				.isEqualTo(502)
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("urn:demo-app:neighbour-unavailable")
				.jsonPath("$.detail")
				.isEqualTo("The memo could not be summarized; try again later");
		}
	}

	@Test
	void isA504WhenItIsTooSlow() {
		behaviour = "slow";
		summary().expectStatus()
			.isEqualTo(504)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:demo-app:neighbour-timeout");
	}

	private ResponseSpec summary() {
		var location = this.client.post()
			.uri("/api/memos")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", "t", "body", "한 줄"))
			.exchange()
			.returnResult(String.class)
			.getResponseHeaders()
			.getLocation();
		return this.client.get().uri(location + "/summary").exchange();
	}

	private static HttpServer start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", NeighbourTests::answer);
			server.setExecutor(Executors.newCachedThreadPool());
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void answer(HttpExchange exchange) throws IOException {
		asked = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
				+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String body = switch (behaviour) {
			case "well" -> "{\"characters\":1,\"words\":1,\"lines\":1,\"excerpt\":\"from the neighbour\"}";
			case "nonsense" -> "{\"characters\":\"many\"}";
			default -> "";
		};
		if (behaviour.equals("slow")) {
			return;
		}
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(behaviour.equals("failing") ? 500 : 200,
				body.isEmpty() ? -1 : body.getBytes(StandardCharsets.UTF_8).length);
		exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
		exchange.close();
	}

}
