package io.monitoringstack.doorayadapter.dooray;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One exchange with a Dooray that answers, or does not, seen through its span. After each
 * case all that was recorded is searched for what nobody may read.
 */
class DeliveryTracingTests {

	private static final String SECRET = "/services/S3CR3T-org/S3CR3T-hook/S3CR3T-token";

	private static final SpanContext WEBHOOK = SpanContext.createFromRemoteParent("11111111111111111111111111111111",
			"2222222222222222", TraceFlags.getSampled(), TraceState.builder().put("vendor", "kept-inside").build());

	private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

	private final SdkTracerProvider tracers = SdkTracerProvider.builder()
		.addSpanProcessor(SimpleSpanProcessor.create(this.exporter))
		.build();

	@AfterEach
	void tellsNothingOfTheHookButItsHost() {
		this.tracers.close();
		assertThat(this.exporter.getFinishedSpanItems().toString()).doesNotContainIgnoringCase("s3cr3t")
			.doesNotContain("services");
		assertThat(this.exporter.getFinishedSpanItems()).allSatisfy((span) -> {
			assertThat(span.getEvents()).isEmpty();
			assertThat(span.getStatus().getDescription()).isEmpty();
			assertThat(span.getAttributes().asMap().keySet()).extracting(AttributeKey::getKey)
				.doesNotContain("url.full", "url.path", "http.url");
		});
	}

	@Test
	void spanOfAnAcceptedMessageBelongsToTheWebhookThatCausedIt() throws Exception {
		try (Peer dooray = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
			assertThat(post(dooray.port())).isEqualTo(new Outcome.Accepted());
			SpanData span = span();
			assertThat(span.getName()).isEqualTo("dooray deliver critical");
			assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
			assertThat(span.getTraceId()).isEqualTo(WEBHOOK.getTraceId());
			assertThat(span.getParentSpanId()).isEqualTo(WEBHOOK.getSpanId());
			assertThat(span.getStatus()).isEqualTo(StatusData.unset());
			assertThat(text(span, "dooray.channel")).isEqualTo("critical");
			assertThat(text(span, "dooray.outcome")).isEqualTo("accepted");
			assertThat(text(span, "server.address")).isEqualTo("127.0.0.1");
			assertThat(text(span, "http.request.method")).isEqualTo("POST");
			assertThat(number(span, "dooray.alerts")).isEqualTo(3);
			assertThat(number(span, "http.response.status_code")).isEqualTo(200);
			assertThat(dooray.request())
				.contains("traceparent: 00-" + WEBHOOK.getTraceId() + "-" + span.getSpanId() + "-01")
				.doesNotContainIgnoringCase("tracestate")
				.doesNotContainIgnoringCase("baggage");
		}
	}

	@ParameterizedTest
	@CsvSource({ "500, serverError", "404, authError", "429, rateLimited", "302, redirect", "418, clientError" })
	void refusalIsAnErrorWithItsStatus(int status, String reason) throws Exception {
		try (Peer dooray = new Peer("HTTP/1.1 " + status + " S3CR3T\r\nLocation: http://127.0.0.1" + SECRET
				+ "\r\nContent-Length: 6\r\n\r\nS3CR3T")) {
			assertThat(post(dooray.port())).isInstanceOf(Outcome.Failed.class);
			failedWith(reason);
			assertThat(number(span(), "http.response.status_code")).isEqualTo(status);
		}
	}

	@Test
	void refusalInsideASuccessIsAnErrorToo() throws Exception {
		String body = "{\"header\":{\"isSuccessful\":false,\"resultCode\":-1,\"resultMessage\":\"S3CR3T\"}}";
		try (Peer dooray = new Peer("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body))) {
			assertThat(post(dooray.port())).isInstanceOf(Outcome.Failed.class);
			failedWith("clientError");
			assertThat(number(span(), "http.response.status_code")).isEqualTo(200);
		}
	}

	@Test
	void refusedConnectionIsAnErrorWithoutStatus() throws Exception {
		int nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = socket.getLocalPort();
		}
		assertThat(post(nobody)).isInstanceOf(Outcome.Failed.class);
		failedWith("connectError");
		assertThat(span().getAttributes().get(AttributeKey.longKey("http.response.status_code"))).isNull();
	}

	@Test
	void brokenConnectionIsAnErrorWithoutStatus() throws Exception {
		try (Peer dooray = new Peer("")) {
			assertThat(post(dooray.port())).isInstanceOf(Outcome.Failed.class);
			failedWith("contextDeadlineExceeded");
		}
	}

	@Test
	void silenceIsAnErrorWithoutStatus() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			assertThat(post(telemetry(), silent.getLocalPort(), Duration.ofMillis(300)))
				.isInstanceOf(Outcome.Failed.class);
			failedWith("contextDeadlineExceeded");
		}
	}

	@Test
	void interruptedExchangeEndsItsSpan() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> post(silent.getLocalPort()));
			failedWith("contextCanceled");
		}
	}

	@Test
	void withoutAnAgentNothingIsAddedToTheRequest() throws Exception {
		try (Peer dooray = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
			DoorayClient client = client(OpenTelemetry.noop());
			assertThat(client.post(message(dooray.port()), Duration.ofSeconds(5))).isEqualTo(new Outcome.Accepted());
			assertThat(dooray.request()).startsWith("POST " + SECRET).doesNotContainIgnoringCase("traceparent");
			assertThat(this.exporter.getFinishedSpanItems()).isEmpty();
		}
	}

	private void failedWith(String reason) {
		SpanData span = span();
		assertThat(span.getName()).isEqualTo("dooray deliver critical");
		assertThat(span.getParentSpanId()).isEqualTo(WEBHOOK.getSpanId());
		assertThat(span.getStatus()).isEqualTo(StatusData.error());
		assertThat(text(span, "dooray.outcome")).isEqualTo("failed");
		assertThat(text(span, "error.type")).isEqualTo(reason);
		assertThat(FailureReason.values()).extracting(FailureReason::label).contains(reason);
	}

	private SpanData span() {
		List<SpanData> spans = this.exporter.getFinishedSpanItems();
		assertThat(spans).hasSize(1);
		return spans.get(0);
	}

	private static String text(SpanData span, String key) {
		return span.getAttributes().get(AttributeKey.stringKey(key));
	}

	private static Long number(SpanData span, String key) {
		return span.getAttributes().get(AttributeKey.longKey(key));
	}

	private Outcome post(int port) throws InterruptedException {
		return post(telemetry(), port, Duration.ofSeconds(5));
	}

	private Outcome post(OpenTelemetry telemetry, int port, Duration limit) throws InterruptedException {
		Scope webhook = Span.wrap(WEBHOOK).makeCurrent();
		try {
			return client(telemetry).post(message(port), limit);
		}
		finally {
			webhook.close();
		}
	}

	private OpenTelemetry telemetry() {
		return OpenTelemetrySdk.builder().setTracerProvider(this.tracers).build();
	}

	private static DoorayClient client(OpenTelemetry telemetry) {
		return new DoorayClient(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
				new DoorayAnswer(Clock.systemUTC()), new DeliveryTracing(telemetry));
	}

	private static DoorayClient.Post message(int port) {
		URI url = URI.create("http://S3CR3T-user@127.0.0.1:" + port + SECRET + "?key=S3CR3T");
		return new DoorayClient.Post(new Hook("info", "critical", Hook.Role.SUBSTITUTE, url),
				"{\"text\":\"S3CR3T\"}".getBytes(StandardCharsets.UTF_8), 3);
	}

	/** Takes one request and gives one answer, or none at all, then hangs up. */
	private static final class Peer implements AutoCloseable {

		private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

		private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

		Peer(String answer) throws IOException {
			Thread thread = new Thread(() -> serve(answer), "peer");
			thread.setDaemon(true);
			thread.start();
		}

		private void serve(String answer) {
			try (Socket connection = this.socket.accept()) {
				StringBuilder request = new StringBuilder();
				while (!request.toString().contains("\r\n\r\n")) {
					request.append((char) connection.getInputStream().read());
				}
				this.requests.add(request.toString());
				OutputStream out = connection.getOutputStream();
				out.write(answer.getBytes(StandardCharsets.UTF_8));
				out.flush();
			}
			catch (IOException ex) {
				this.requests.add("failed: " + ex);
			}
		}

		int port() {
			return this.socket.getLocalPort();
		}

		String request() throws InterruptedException {
			return this.requests.poll(5, TimeUnit.SECONDS);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
