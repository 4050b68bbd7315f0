package io.monitoringstack.pushgatewayproxy.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.pushgatewayproxy.edge.StoreAnswer;
import io.monitoringstack.pushgatewayproxy.edge.StoreFailure;
import io.monitoringstack.pushgatewayproxy.edge.StoreRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PushgatewayStoreTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void asksOnceWhereAConnectionLeadsAndPushesBehindTheRoutePrefix() {
		PushgatewayStore store = store(this.server.getAddress().getPort());
		for (int i = 1; i <= 2; i++) {
			StoreAnswer answer = store.send(push("x " + i + "\n"), "today").block(PATIENCE);
			assertThat(answer).isEqualTo(new StoreAnswer(202, "text/plain", "taken"));
		}
		assertThat(this.seen).containsExactly("GET /prefix/api/v1/status  ",
				"PUT /prefix/metrics/job/a?x=1 curl/8 x 1\n", "PUT /prefix/metrics/job/a?x=1 curl/8 x 2\n");
	}

	@Test
	void sendsNothingToAnotherRunOfPushgateway() {
		assertThatExceptionOfType(StoreFailure.class)
			.isThrownBy(
					() -> store(this.server.getAddress().getPort()).send(push("x 1\n"), "yesterday").block(PATIENCE))
			.satisfies((ex) -> assertThat(ex).hasFieldOrPropertyWithValue("kind", StoreFailure.Kind.RESTARTED));
		assertThat(this.seen).containsExactly("GET /prefix/api/v1/status  ");
	}

	@Test
	void knowsThatNothingWasSentWithoutAConnection() throws IOException {
		int closed;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			closed = socket.getLocalPort();
		}
		assertThatExceptionOfType(StoreFailure.class)
			.isThrownBy(() -> store(closed).send(push("x 1\n"), "today").block(PATIENCE))
			.satisfies((ex) -> assertThat(ex).hasFieldOrPropertyWithValue("kind", StoreFailure.Kind.NOT_SENT));
	}

	private void answer(HttpExchange exchange) throws IOException {
		String agent = exchange.getRequestHeaders().getFirst("User-Agent");
		boolean status = exchange.getRequestURI().getPath().endsWith("/status");
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + (status ? "" : agent) + " "
				+ body);
		byte[] answer = (status ? "{\"data\":{\"start_time\":\"today\"}}" : "taken").getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "text/plain");
		exchange.sendResponseHeaders(status ? 200 : 202, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	private static StoreRequest push(String body) {
		return new StoreRequest("PUT", "/metrics/job/a?x=1",
				List.of(Map.entry("User-Agent", "curl/8"), Map.entry("Content-Length", "" + body.length())),
				body.getBytes(StandardCharsets.UTF_8), body.length());
	}

	private static PushgatewayStore store(int port) {
		UpstreamProperties properties = new UpstreamProperties(URI.create("http://127.0.0.1:" + port + "/prefix/"),
				Duration.ofSeconds(5), Duration.ofSeconds(5), PATIENCE, 1, 10);
		Timer timer = new SimpleMeterRegistry().timer("answers");
		// One connection, or a push may open another before the last one is given back.
		return new PushgatewayStore(HttpClient.create(ConnectionProvider.create("pushes", 1)), HttpClient.create(),
				new QueueDrain(properties, Duration.ofSeconds(5)), properties, new ForwardedHeaders(() -> false), timer,
				timer);
	}

}
