package io.monitoringstack.doorayadapter.trend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusTrendsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer prometheus;

	private PrometheusTrends trends;

	private volatile int status = 200;

	private volatile String answer = "";

	private volatile boolean hangs;

	@BeforeEach
	void start() throws IOException {
		this.prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.prometheus.setExecutor(this.threads);
		this.prometheus.createContext("/prom/api/v1/query_range", (exchange) -> {
			this.asked
				.add(URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
						StandardCharsets.UTF_8));
			try (exchange) {
				if (this.hangs) {
					this.end.await();
				}
				byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(this.status, body.length);
				exchange.getResponseBody().write(body);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.prometheus.start();
		this.trends = new PrometheusTrends(
				URI.create("http://127.0.0.1:%d/prom/".formatted(this.prometheus.getAddress().getPort())),
				HttpClient.newHttpClient(), Clock.fixed(NOW, ZoneOffset.UTC), this.registry);
	}

	@AfterEach
	void stop() {
		this.end.countDown();
		this.prometheus.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void drawsTheSeriesThatHasTheLabelsOfTheAlert() {
		this.answer = result(series("web-01", 0), series("web-02", 50));
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu > 0.9"), alert("a2", "web-02", "cpu > 0.9"),
				alert("a3", "web-03", "cpu > 0.9"))))
			.isEqualTo(Map.of("a1", "▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇ (0 ~ 20)", "a2", "▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇ (50 ~ 70)"));
		assertThat(this.asked).singleElement()
			.asString()
			.contains("query=cpu", "start=1795258800", "end=1795262400", "step=180", "timeout=800ms")
			.doesNotContain("0.9");
	}

	@Test
	void ofSeveralSeriesThatFitNoneIsDrawn() {
		this.answer = result(series("web-01", 0), series("web-01", 50));
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu")))).isEmpty();
	}

	@Test
	void asksOnceForWhatItHasJustDrawnAndForThreeExpressionsAtMost() {
		this.answer = result(series("web-01", 0));
		for (int i = 0; i < 2; i++) {
			assertThat(this.trends.of(message(alert("a1", "web-01", "cpu > 0.9")))).containsOnlyKeys("a1");
		}
		assertThat(this.asked).hasSize(1);
		Alert[] many = IntStream.range(0, 6)
			.mapToObj((i) -> alert("b" + i, "web-01", "cpu%d > 0.9".formatted(i)))
			.toArray(Alert[]::new);
		assertThat(this.trends.of(message(many))).containsOnlyKeys("b0", "b1", "b2");
		assertThat(this.asked).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "not json", "{}",
			"{\"data\":{\"result\":[1,null,{\"values\":[[],[\"x\",5],[1e99,\"1\"]]}]}}", "[[[[" })
	void anAnswerThatCannotBeReadIsNoReasonToFail(String odd) {
		this.answer = odd;
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu")))).isEmpty();
	}

	@Test
	void countsRefusalsAndAnswersThatAreTooLarge() {
		this.status = 422;
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu")))).isEmpty();
		this.status = 200;
		this.answer = " ".repeat(600 * 1024) + result(series("web-01", 0));
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu")))).isEmpty();
		assertThat(failures()).isEqualTo(2);
		this.answer = result(series("web-01", 0));
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu")))).isNotEmpty();
	}

	@Test
	void leavesAPrometheusAloneThatDoesNotAnswer() {
		this.hangs = true;
		long start = System.nanoTime();
		assertThat(this.trends
			.of(message(alert("a1", "web-01", "cpu"), alert("a2", "web-01", "mem"), alert("a3", "web-01", "disk"))))
			.isEmpty();
		// Not how long it takes, but that it does not take the time of each.
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		assertThat(failures()).isBetween(1.0, 3.0);
		int before = this.asked.size();
		assertThat(this.trends.of(message(alert("a1", "web-01", "cpu")))).isEmpty();
		assertThat(this.asked).hasSize(before);
	}

	@Test
	void asksForNothingWithoutAnExpression() {
		Alert grafana = new Alert(AlertStatus.FIRING, Map.of(), Map.of(), NOW, null,
				"http://grafana:3000/alerting/x/view", "a1", Alert.GrafanaExtras.NONE);
		assertThat(this.trends.of(message(grafana))).isEmpty();
		assertThat(this.asked).isEmpty();
		assertThat(failures()).isZero();
	}

	private double failures() {
		return this.registry.get("dooray.sparkline.failures").counter().count();
	}

	private static String series(String instance, int from) {
		String values = IntStream.rangeClosed(0, 20)
			.mapToObj((i) -> "[%d,\"%d\"]".formatted(NOW.getEpochSecond() - 3600 + 180L * i, from + i))
			.collect(Collectors.joining(","));
		return "{\"metric\":{\"__name__\":\"cpu\",\"instance\":\"%s\"},\"values\":[%s]}".formatted(instance, values);
	}

	private static String result(String... series) {
		return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
			.formatted(String.join(",", series));
	}

	private static Alert alert(String fingerprint, String instance, String expression) {
		return new Alert(AlertStatus.FIRING, Map.of("alertname", "HighCpu", "instance", instance), Map.of(), NOW, null,
				"http://prometheus:9090/graph?g0.expr=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)
						+ "&g0.tab=1",
				fingerprint, Alert.GrafanaExtras.NONE);
	}

	private static WebhookMessage message(Alert... alerts) {
		return new WebhookMessage(WebhookMessage.Group.of("k", "ops", Map.of(), Map.of(), Map.of(), Map.of(), ""),
				AlertStatus.FIRING, NotificationReason.UNKNOWN, 0, List.of(alerts), new Tally(), false);
	}

}
