package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands in for Pushgateway: records what arrives, byte for byte, and answers as told.
 */
final class FakePushgateway implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final int port;

	private HttpServer server;

	private ExecutorService threads;

	private volatile Answer answer = new Answer(200, "", Map.of(), Duration.ZERO);

	private FakePushgateway(int port) {
		this.port = port;
	}

	static FakePushgateway start() {
		FakePushgateway fake = new FakePushgateway(RealPushgateway.freePort());
		fake.open();
		return fake;
	}

	void open() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads = Executors.newCachedThreadPool();
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	int port() {
		return this.port;
	}

	List<Received> received() {
		return this.received;
	}

	Received last() {
		return this.received.get(this.received.size() - 1);
	}

	void forget() {
		this.received.clear();
		this.answer = new Answer(200, "", Map.of(), Duration.ZERO);
	}

	void answer(int status, String body) {
		this.answer = new Answer(status, body, Map.of(), Duration.ZERO);
	}

	void answer(Answer answer) {
		this.answer = answer;
	}

	private void handle(HttpExchange exchange) throws IOException {
		Answer now = this.answer;
		byte[] body = exchange.getRequestBody().readAllBytes();
		String target = exchange.getRequestURI().getRawPath();
		String query = exchange.getRequestURI().getRawQuery();
		if ("/-/ready".equals(target)) {
			reply(exchange, new Answer(200, "OK", Map.of(), Duration.ZERO));
			return;
		}
		this.received.add(new Received(exchange.getRequestMethod(), target, query, exchange.getRequestHeaders(), body));
		if (!now.delay().isZero()) {
			try {
				Thread.sleep(now.delay().toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		if (now.status() == 0) {
			// Leaves without an answer.
			throw new IOException("told to break off");
		}
		reply(exchange, now);
	}

	private static void reply(HttpExchange exchange, Answer answer) throws IOException {
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
		exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	record Answer(int status, String body, Map<String, String> headers, Duration delay) {

	}

	record Received(String method, String path, String query, Headers headers, byte[] body) {

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

	}

}
