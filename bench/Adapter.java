import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The peers of the adapter, for the script beside it: {@code java Adapter.java dooray PORT}
 * takes messages and says so at once; {@code forward PORT HOOK} is what the adapter is
 * compared to, a bare forwarder that copies the text and knows nothing else;
 * {@code load WEBHOOK REQUESTS} sends webhooks one after the other and prints the median
 * and the 99th percentile of the milliseconds until they were accepted.
 */
public final class Adapter {

	private static final String SUCCESS = "{\"header\":{\"isSuccessful\":true,\"resultCode\":0,\"resultMessage\":\"\"},\"result\":null}";

	private static final Pattern SUMMARY = Pattern.compile("\"summary\":\"((?:[^\"\\\\]|\\\\.)*)\"");

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private Adapter() {
	}

	public static void main(String[] args) throws Exception {
		switch (args[0]) {
			case "dooray" -> serve(Integer.parseInt(args[1]), Adapter::accept);
			case "forward" -> {
				URI hook = URI.create(args[2]);
				serve(Integer.parseInt(args[1]), (exchange) -> forward(exchange, hook));
			}
			case "load" -> load(URI.create(args[1]), Integer.parseInt(args[2]));
			default -> throw new IllegalArgumentException(args[0]);
		}
	}

	private static void serve(int port, Service service) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", (exchange) -> {
			try (exchange) {
				service.handle(exchange);
			}
		});
		server.start();
	}

	private static void accept(HttpExchange exchange) throws IOException {
		exchange.getRequestBody().readAllBytes();
		answer(exchange, 200, SUCCESS);
	}

	private static void forward(HttpExchange exchange, URI hook) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Matcher summary = SUMMARY.matcher(body);
		String text = summary.find() ? summary.group(1) : "";
		HttpRequest request = HttpRequest.newBuilder(hook)
			.timeout(Duration.ofSeconds(10))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"botName\":\"forwarder\",\"text\":\"" + text + "\"}"))
			.build();
		try {
			answer(exchange, client.send(request, BodyHandlers.ofString()).statusCode(), "{}");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer(exchange, 503, "{}");
		}
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private static void load(URI webhook, int requests) throws Exception {
		double[] millis = new double[requests];
		for (int i = 0; i < requests; i++) {
			HttpRequest request = HttpRequest.newBuilder(webhook)
				.timeout(Duration.ofSeconds(20))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body(i)))
				.build();
			long start = System.nanoTime();
			HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
			millis[i] = (System.nanoTime() - start) / 1e6;
			if (answer.statusCode() != 200) {
				System.err.println(webhook + " answered " + answer.statusCode() + ": " + answer.body());
				System.exit(3);
			}
			Thread.sleep(2);
		}
		Arrays.sort(millis);
		System.out.printf("%.2f %.2f%n", millis[requests / 2], millis[(int) Math.ceil(requests * 0.99) - 1]);
	}

	// A group of its own each time, so that none counts as told before.
	private static String body(int i) {
		StringBuilder alerts = new StringBuilder();
		for (int alert = 0; alert < 3; alert++) {
			alerts.append((alert > 0) ? "," : "").append("""
					{"status":"firing","labels":{"alertname":"HighCpu","severity":"critical","instance":"web-%02d:9100",
					"job":"node"},"annotations":{"summary":"web-%02d: CPU 사용률 95%%","description":"%s",
					"runbook_url":"https://wiki.example.com/runbooks/HighCpu"},"startsAt":"2026-11-21T11:00:00Z",
					"endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus:9090/graph?g0.expr=up",
					"fingerprint":"%016x"}""".formatted(alert, alert, "이 서버를 살펴보세요. ".repeat(8), alert + 1));
		}
		return """
				{"version":"4","groupKey":"{}:{alertname=\\"%s\\"}","truncatedAlerts":0,"status":"firing",
				"receiver":"dooray-critical","groupLabels":{"alertname":"HighCpu"},"commonLabels":{"severity":"critical"},
				"commonAnnotations":{},"externalURL":"http://alertmanager:9093","alerts":[%s]}"""
			.formatted(UUID.randomUUID() + "-" + i, alerts);
	}

	/**
	 * What a server does with a request.
	 */
	@FunctionalInterface
	private interface Service {

		void handle(HttpExchange exchange) throws IOException;

	}

}
