package io.monitoringstack.dooraysimulator;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "simulator.hang-time=2s", "simulator.heartbeat=200ms", "simulator.max-streams=20",
				"simulator.max-body-size=2KB" })
@ExtendWith(OutputCaptureExtension.class)
class SimulatorTests {

	private static final String TOKEN = "s3cr3t-t0ken";

	private static final String HELLO = "{\"botName\":\"b\",\"text\":\"hello\"}";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@LocalServerPort
	private int port;

	@BeforeEach
	void start() throws Exception {
		send("DELETE", "/api/behaviour", "");
		send("DELETE", "/api/messages", "");
	}

	@Test
	void answersAMessageAsDoorayDocuments() throws Exception {
		behave("{\"perSecond\":0}");
		HttpResponse<String> answer = post(HELLO);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(answer.body())
			.isEqualTo("{\"header\":{\"isSuccessful\":true,\"resultCode\":0,\"resultMessage\":\"\"}}");
	}

	@Test
	void answersSuccessInTheOtherFormsToo() throws Exception {
		behave("{\"mode\":\"ok-empty\",\"perSecond\":0}");
		HttpResponse<String> empty = post(HELLO);
		assertThat(empty.statusCode()).isEqualTo(200);
		assertThat(empty.body()).isEmpty();
		behave("{\"mode\":\"ok-html\",\"perSecond\":0}");
		HttpResponse<String> html = post(HELLO);
		assertThat(html.statusCode()).isEqualTo(200);
		assertThat(html.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(html.body()).startsWith("<!doctype html>");
		assertThat(messages()).extracting((message) -> message.get("accepted").booleanValue())
			.containsExactly(true, true);
	}

	@Test
	void refusesInsideA200() throws Exception {
		behave("{\"mode\":\"not-successful\"}");
		HttpResponse<String> answer = post(HELLO);
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode header = json(answer).get("header");
		assertThat(header.get("isSuccessful").booleanValue()).isFalse();
		assertThat(header.get("resultCode").intValue()).isNotZero();
		assertThat(header.get("resultMessage").stringValue()).isNotBlank();
	}

	@Test
	void answersWithTheStatusAndRetryAfterThatWereAskedFor() throws Exception {
		behave("{\"mode\":\"status\",\"status\":429,\"retryAfterSeconds\":5,\"times\":1}");
		HttpResponse<String> answer = post(HELLO);
		assertThat(answer.statusCode()).isEqualTo(429);
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
		assertThat(json(answer).at("/header/isSuccessful").booleanValue()).isFalse();
		assertThat(post(HELLO).statusCode()).isEqualTo(200);
		behave("{\"mode\":\"status\",\"status\":500}");
		HttpResponse<String> other = post(HELLO);
		assertThat(other.statusCode()).isEqualTo(500);
		assertThat(other.headers().firstValue("Retry-After")).isEmpty();
	}

	@Test
	void refusesWhatIsNoMessageInDooraysForm() throws Exception {
		HttpResponse<String> answer = post("not JSON");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).isEqualTo(
				"{\"header\":{\"isSuccessful\":false,\"resultCode\":400,\"resultMessage\":\"The body is not JSON.\"}}");
		JsonNode message = messages().get(0);
		assertThat(message.get("body").stringValue()).isEqualTo("not JSON");
		assertThat(message.get("outcome").stringValue()).isEqualTo("malformed");
		assertThat(message.get("detail").stringValue()).isEqualTo("The body is not JSON.");
	}

	@Test
	void refusesAndRecordsABodyThatIsTooLargeAlsoWhenItsLengthIsNotDeclared() throws Exception {
		byte[] large = ("{\"text\":\"" + "x".repeat(50_000) + "\"}").getBytes(StandardCharsets.UTF_8);
		HttpRequest chunked = HttpRequest.newBuilder(uri("/services/org/critical/" + TOKEN))
			.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
			.build();
		HttpResponse<String> answer = this.client.send(chunked, BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(413);
		assertThat(answer.body()).contains("The body is larger than 2048 bytes.");
		assertThat(messages().get(0).get("outcome").stringValue()).isEqualTo("too-large");
		assertThat(messages().get(0).get("body").stringValue()).startsWith("{\"text\":\"xxx").hasSize(1001);
	}

	@Test
	void dropsWhatIsOverTheRateAndAnswersAsIfItHadNot() throws Exception {
		HttpResponse<String> first = post(HELLO);
		HttpResponse<String> second = post("{\"text\":\"too soon\"}");
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(messages()).extracting((message) -> message.get("outcome").stringValue())
			.containsExactly("dropped", "accepted");
		assertThat(send("POST", "/services/org/warning/" + TOKEN, HELLO).statusCode()).isEqualTo(200);
		assertThat(messages().get(0).get("accepted").booleanValue()).isTrue();
	}

	@Test
	void listsMessagesNewestFirstAsTheyWereReceived() throws Exception {
		Instant before = Instant.now().minusSeconds(1);
		behave("{\"perSecond\":0}");
		post("{\"text\":\"one\",\n \"extra\": [1.50, 12345678901234567890, {\"a\":null}]}");
		post("{\"text\":\"<img src=x onerror=alert(1)>\"}");
		HttpResponse<String> answer = send("GET", "/api/messages", "");
		assertThat(answer.body()).contains("\"extra\": [1.50, 12345678901234567890, {\"a\":null}]");
		List<JsonNode> messages = messages();
		assertThat(messages).extracting((message) -> message.at("/body/text").stringValue())
			.containsExactly("<img src=x onerror=alert(1)>", "one");
		JsonNode newest = messages.get(0);
		assertThat(newest.propertyNames()).containsExactly("id", "receivedAt", "hook", "accepted", "outcome", "status",
				"detail", "body");
		assertThat(newest.get("hook").stringValue()).isEqualTo("critical");
		assertThat(newest.get("receivedAt").stringValue()).endsWith("Z");
		assertThat(Instant.parse(newest.get("receivedAt").stringValue())).isBetween(before, Instant.now());
		assertThat(send("DELETE", "/api/messages", "").statusCode()).isEqualTo(204);
		assertThat(messages()).isEmpty();
	}

	@Test
	void answersLateWhenAsked() throws Exception {
		behave("{\"delayMillis\":600,\"perSecond\":0}");
		long start = System.nanoTime();
		assertThat(post(HELLO).statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
	}

	@Test
	void resetsTheConnectionForReal() throws Exception {
		behave("{\"mode\":\"reset\"}");
		try (Socket socket = rawPost()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessageContaining("reset");
		}
		assertThat(messages().get(0).get("outcome").stringValue()).isEqualTo("reset");
		assertThat(messages().get(0).get("status").isNull()).isTrue();
	}

	@Test
	void leavesTheCallerWithoutAnAnswerUntilTheBoundIsReached() throws Exception {
		behave("{\"mode\":\"hang\"}");
		try (Socket socket = rawPost()) {
			await().until(() -> messages().size() == 1);
			socket.setSoTimeout(1_000);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
			socket.setSoTimeout(10_000);
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read())
				.withMessageContaining("reset");
		}
		assertThat(messages().get(0).get("outcome").stringValue()).isEqualTo("hang");
	}

	@Test
	void holdsManyWithoutAnAnswerAndStillAnswersOthers() throws Exception {
		behave("{\"mode\":\"hang\"}");
		List<Socket> sockets = new ArrayList<>();
		for (int i = 0; i < 250; i++) {
			sockets.add(rawPost());
		}
		// More than there are threads to serve requests.
		await().atMost(Duration.ofSeconds(20)).until(() -> messages().size() == 250);
		for (Socket socket : sockets) {
			socket.close();
		}
		behave("{\"perSecond\":0}");
		assertThat(post(HELLO).statusCode()).isEqualTo(200);
	}

	@Test
	void otherConnectionsLiveOnAfterAReset() throws Exception {
		behave("{\"perSecond\":0}");
		try (Socket bystander = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			bystander.getOutputStream().write("GET /actuator/health/liveness HTTP/1.1\r\n".getBytes());
			resetsTheConnectionForReal();
			bystander.getOutputStream().write("Host: localhost\r\nConnection: close\r\n\r\n".getBytes());
			assertThat(new String(bystander.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void streamsMessagesAndStateAsTheyComeWithSignsOfLife() throws Exception {
		try (EventStream stream = new EventStream(null)) {
			assertThat(stream.next("event:state")).contains("\"mode\":\"ok\"");
			post("{\"text\":\r\n\"two\"\n\r}");
			String event = stream.next("id:");
			assertThat(event.split("\n")).hasSize(2);
			JsonNode message = JsonMapper.shared().readTree(event.substring(event.indexOf("data:") + 5));
			assertThat(message.at("/body/text").stringValue()).isEqualTo("two");
			behave("{\"mode\":\"hang\"}");
			assertThat(stream.next("event:state")).contains("\"mode\":\"hang\"");
			assertThat(stream.next("event:heartbeat")).isNotBlank();
		}
	}

	@Test
	void streamsWhatAReaderMissed() throws Exception {
		behave("{\"perSecond\":0}");
		String seen;
		try (EventStream stream = new EventStream(null)) {
			stream.next("event:state");
			post("{\"text\":\"seen\"}");
			String event = stream.next("id:");
			seen = event.substring(3, event.indexOf('\n'));
		}
		post("{\"text\":\"missed\"}");
		try (EventStream stream = new EventStream(seen)) {
			assertThat(stream.next("id:")).contains("\"missed\"").doesNotContain("\"seen\"");
		}
		try (EventStream stream = new EventStream("another-process:99999")) {
			assertThat(stream.next("id:")).contains("\"seen\"");
			assertThat(stream.next("id:")).contains("\"missed\"");
		}
	}

	@Test
	void forgetsReadersWhoLeftAndKeepsNoThreadForAnyone() throws Exception {
		await().until(() -> streams() == 0);
		long before = threads();
		List<EventStream> streams = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			EventStream stream = new EventStream(null);
			stream.next("event:state");
			streams.add(stream);
		}
		assertThat(streams()).isEqualTo(20);
		assertThat(threads()).isLessThanOrEqualTo(before + 4);
		HttpResponse<String> refused = send("GET", "/api/messages/stream", "");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("All 20 streams are in use");
		for (EventStream stream : streams) {
			stream.close();
		}
		await().atMost(Duration.ofSeconds(15)).until(() -> streams() == 0);
	}

	@Test
	void tellsTheSecretOfAHookNowhere(CapturedOutput output) throws Exception {
		String path = "/services/org/critical/" + TOKEN;
		StringBuilder answers = new StringBuilder();
		for (String behaviour : List.of("{}", "{\"mode\":\"not-successful\"}", "{\"mode\":\"status\"}")) {
			behave(behaviour);
			answers.append(post(HELLO).body()).append(post("broken").body());
		}
		for (String method : List.of("GET", "PUT", "DELETE")) {
			HttpResponse<String> answer = send(method, path, "");
			assertThat(answer.statusCode()).isEqualTo(405);
			assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
			answers.append(answer.body());
		}
		HttpResponse<String> notFound = send("POST", path + "/more", HELLO);
		assertThat(notFound.statusCode()).isEqualTo(404);
		answers.append(notFound.body());
		for (String other : List.of("/api/messages", "/api/state", "/actuator/prometheus", "/actuator/info")) {
			answers.append(send("GET", other, "").body());
		}
		assertThat(answers.toString()).contains("dooray_simulator_messages_total").doesNotContain(TOKEN);
		assertThat(output.getAll()).doesNotContain(TOKEN);
	}

	@Test
	void countsEachOutcome() throws Exception {
		assertThat(send("GET", "/actuator/prometheus", "").body()).contains(
				Stream.of("accepted", "dropped", "malformed", "too-large", "not-successful", "status", "hang", "reset")
					.map("dooray_simulator_messages_total{outcome=\"%s\"}"::formatted)
					.toList());
		double before = metric("dooray_simulator_messages_total{outcome=\"malformed\"}");
		post("broken");
		assertThat(metric("dooray_simulator_messages_total{outcome=\"malformed\"}")).isEqualTo(before + 1);
	}

	@Test
	void servesThePageWithAStrictPolicy() throws Exception {
		HttpResponse<String> page = send("GET", "/", "");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Dooray simulator");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'",
					"frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(send("GET", "/js/app.js", "").headers().firstValue("Cache-Control")).hasValue("no-cache");
	}

	@Test
	void isHealthyWhateverItPlays() throws Exception {
		behave("{\"mode\":\"status\"}");
		for (String probe : List.of("", "/liveness", "/readiness")) {
			assertThat(json(send("GET", "/actuator/health" + probe, "")).get("status").stringValue()).isEqualTo("UP");
		}
		assertThat(send("GET", "/actuator/env", "").statusCode()).isEqualTo(404);
	}

	private HttpResponse<String> post(String body) throws Exception {
		return send("POST", "/services/org/critical/" + TOKEN, body);
	}

	private void behave(String behaviour) throws Exception {
		assertThat(send("PUT", "/api/behaviour", behaviour).statusCode()).isEqualTo(200);
	}

	private List<JsonNode> messages() throws Exception {
		return json(send("GET", "/api/messages", "")).valueStream().toList();
	}

	private double streams() throws Exception {
		return metric("dooray_simulator_streams ");
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("message-stream"))
			.count();
	}

	private double metric(String name) throws Exception {
		return send("GET", "/actuator/prometheus", "").body()
			.lines()
			.filter((line) -> line.startsWith(name))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.findFirst()
			.orElseThrow();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	private HttpResponse<String> send(String method, String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(path))
			.timeout(Duration.ofSeconds(10))
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build();
		return this.client.send(request, BodyHandlers.ofString());
	}

	private Socket rawPost() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		socket.setSoTimeout(10_000);
		socket.getOutputStream().write("""
				POST /services/org/critical/%s HTTP/1.1\r
				Host: localhost\r
				Content-Type: application/json\r
				Content-Length: %d\r
				\r
				%s""".formatted(TOKEN, HELLO.length(), HELLO).getBytes(StandardCharsets.UTF_8));
		return socket;
	}

	/**
	 * Reads events from a socket of its own.
	 */
	private final class EventStream implements AutoCloseable {

		private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

		private final InputStream body;

		EventStream(String lastEventId) throws Exception {
			HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/messages/stream"));
			if (lastEventId != null) {
				request.header("Last-Event-ID", lastEventId);
			}
			HttpResponse<InputStream> response = HttpClient.newHttpClient()
				.send(request.build(), BodyHandlers.ofInputStream());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
			this.body = response.body();
			CompletableFuture.runAsync(this::read, (task) -> {
				Thread thread = new Thread(task, "reader");
				thread.setDaemon(true);
				thread.start();
			});
		}

		private void read() {
			StringBuilder event = new StringBuilder();
			new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8)).lines().forEach((line) -> {
				if (line.isEmpty()) {
					this.events.add(event.toString());
					event.setLength(0);
				}
				else {
					event.append(event.isEmpty() ? "" : "\n").append(line);
				}
			});
		}

		String next(String start) throws InterruptedException {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
			while (System.nanoTime() < deadline) {
				String event = this.events.poll(1, TimeUnit.SECONDS);
				if (event != null && event.startsWith(start)) {
					return event;
				}
			}
			throw new AssertionError("No event starting with " + start);
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

}
