package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands in for Dooray: keeps what it gets and answers as told, else with success.
 */
public final class FakeDooray implements AutoCloseable {

	static final String SUCCESS = "{\"header\":{\"isSuccessful\":true,\"resultCode\":0,\"resultMessage\":\"\"},\"result\":null}";

	private final HttpServer server;

	private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();

	private final Map<String, Function<String, Answer>> rules = new ConcurrentHashMap<>();

	private final List<Post> posts = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	public FakeDooray() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public String host() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	public String hook(String path) {
		return "http://" + host() + path;
	}

	public void answer(String path, Answer... answers) {
		this.answers.put(path, new ConcurrentLinkedDeque<>(List.of(answers)));
	}

	public boolean planned(String path) {
		return this.answers.containsKey(path);
	}

	/**
	 * Answers by what a message says, when no answer is planned.
	 */
	public void rule(String path, Function<String, Answer> rule) {
		this.rules.put(path, rule);
	}

	public List<Post> posts() {
		return this.posts;
	}

	public void reset() {
		this.posts.clear();
		this.answers.clear();
		this.rules.clear();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.posts.add(new Post(path, body, System.nanoTime()));
		Deque<Answer> planned = this.answers.getOrDefault(path, new ConcurrentLinkedDeque<>());
		Answer answer = planned.isEmpty() ? this.rules.getOrDefault(path, (message) -> status(200, SUCCESS)).apply(body)
				: planned.poll();
		try (exchange) {
			answer.send(exchange, this.closed);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
	}

	public static Answer status(int status, String body, String... headers) {
		return (exchange, closed) -> {
			for (int i = 0; i < headers.length; i += 2) {
				exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
			}
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
			exchange.getResponseBody().write(bytes);
		};
	}

	public static Answer refusal(int code) {
		return status(200, "{\"header\":{\"isSuccessful\":false,\"resultCode\":" + code + "}}");
	}

	public static Answer hang() {
		return (exchange, closed) -> closed.await(30, TimeUnit.SECONDS);
	}

	public static Answer breakOff() {
		return (exchange, closed) -> {
		};
	}

	/** Says 200 at once and then sends a byte now and then. */
	public static Answer drip() {
		return (exchange, closed) -> {
			exchange.sendResponseHeaders(200, 0);
			OutputStream out = exchange.getResponseBody();
			for (int i = 0; i < 300 && !closed.await(100, TimeUnit.MILLISECONDS); i++) {
				out.write(' ');
				out.flush();
			}
		};
	}

	/**
	 * A message that came.
	 */
	public record Post(String path, String body, long nanoTime) {

	}

	/**
	 * A way to answer.
	 */
	@FunctionalInterface
	public interface Answer {

		void send(HttpExchange exchange, CountDownLatch closed) throws IOException, InterruptedException;

	}

}
