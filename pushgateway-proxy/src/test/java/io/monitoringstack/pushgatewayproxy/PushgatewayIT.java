package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.monitoringstack.pushgatewayproxy.exposition.ProtobufBodies;
import io.monitoringstack.pushgatewayproxy.push.PushCheck;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The service in front of a real Pushgateway, with the clients people use, whoever of the
 * two checks pushes.
 */
@ParameterizedClass
@EnumSource
class PushgatewayIT {

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static RealPushgateway pushgateway;

	private static ConfigurableApplicationContext proxy;

	private static int port;

	@Parameter
	private PushCheck check;

	@BeforeParameterizedClassInvocation
	static void start(PushCheck check) {
		pushgateway = (check == PushCheck.EDGE) ? RealPushgateway.start(0, "--push.disable-consistency-check")
				: RealPushgateway.start();
		proxy = SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0",
				"--management.server.port=0", "--push.check=" + check, "--pushgateway.url=" + pushgateway.url());
		port = proxy.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		if (proxy != null) {
			proxy.close();
		}
		if (pushgateway != null) {
			pushgateway.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void servesTheJavaClientOfToday(Format format) throws Exception {
		PrometheusRegistry registry = new PrometheusRegistry();
		Counter.builder().name("today_runs_total").register(registry).inc(3);
		Histogram.builder().name("today_seconds").register(registry).observe(0.2);
		Gauge.builder().name("today_rows").labelNames("table").register(registry).labelValues("a/b").set(7);
		PushGateway gateway = PushGateway.builder()
			.address("localhost:" + port)
			.job("today_" + format)
			.groupingKey("path", "/var/log")
			.groupingKey("empty", "")
			.format(format)
			.registry(registry)
			.build();
		gateway.push();
		assertThat(scrape())
			.contains("today_runs_total{empty=\"\",instance=\"\",job=\"today_" + format + "\",path=\"/var/log\"} 3")
			.contains("today_rows{empty=\"\",instance=\"\",job=\"today_" + format
					+ "\",path=\"/var/log\",table=\"a/b\"} 7");
		gateway.pushAdd();
		gateway.delete();
		assertThat(scrape()).doesNotContain("job=\"today_" + format);
	}

	@Test
	void servesTheJavaClientBefore() throws Exception {
		CollectorRegistry registry = new CollectorRegistry();
		io.prometheus.client.Gauge.build("before_rows", "Rows.").register(registry).set(5);
		io.prometheus.client.exporter.PushGateway gateway = new io.prometheus.client.exporter.PushGateway(
				"localhost:" + port);
		gateway.push(registry, "before", Map.of("instance", "i1"));
		gateway.pushAdd(registry, "before", Map.of("instance", "i1"));
		assertThat(scrape()).contains("before_rows{instance=\"i1\",job=\"before\"} 5");
		gateway.delete("before", Map.of("instance", "i1"));
		assertThat(scrape()).doesNotContain("before_rows");
	}

	@Test
	void showsTheReasonOfARefusalInTheJavaClient() {
		CollectorRegistry registry = new CollectorRegistry();
		// Pushgateway has a counter of that name itself.
		io.prometheus.client.Gauge.build("process_cpu_seconds_total", "Other.").register(registry).set(5);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(
					() -> new io.prometheus.client.exporter.PushGateway("localhost:" + port).push(registry, "refused"))
			.withMessageContaining("400")
			.withMessageContaining("process_cpu_seconds_total");
	}

	@Test
	void twoSourcesThatPutIntoOneGroupKeepEachOthersMetrics() throws Exception {
		assertThat(send("PUT", "/metrics/job/shared", "first 1\n").statusCode()).isEqualTo(200);
		assertThat(send("PUT", "/metrics/job/shared", "second 2\n").statusCode()).isEqualTo(200);
		assertThat(send("PUT", "/metrics/job/shared", "").statusCode()).isEqualTo(200);
		assertThat(scrape()).contains("first{instance=\"\",job=\"shared\"} 1")
			.contains("second{instance=\"\",job=\"shared\"} 2");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "/metrics/job/p1/v@base64/=,v=\"\"", "/metrics/job/p2/v/a%2Fb,v=\"a/b\"",
			"/metrics/job/p3/v/a+b,v=\"a+b\"", "/metrics/job/p4/v/a%25b,v=\"a%b\"",
			"/metrics/job/p5/v/%ED%95%9C,v=\"한\"", "/metrics/job/p6/v/{a|b},v=\"{a|b}\"",
			"/metrics/job/p7/v@base64/YS9i,v=\"a/b\"", "/metrics/job/p8/v/a%20b,v=\"a b\"",
			"/metrics/job/p9/,job=\"p9\"", "/metrics/job/p10/v/,v=\"\"", "/metrics/job/p11/v/a%5Cb,v=\"a\\\\b\"" })
	void putsValuesOfThePathIntoLabelsAsMeant(String path, String label) throws Exception {
		String metric = "path_" + path.substring(13, path.indexOf('/', 13));
		String body = metric + " 1\n";
		RawHttp.Answer answer = RawHttp.exchange(port,
				"PUT " + path + " HTTP/1.1\nHost: x\nContent-Length: " + body.length() + "\n",
				body.getBytes(StandardCharsets.UTF_8));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(scrape().lines().filter((line) -> line.startsWith(metric + "{"))).singleElement()
			.asString()
			.contains(label);
	}

	@Test
	void aRefusedFirstPushLeavesNoGroupBehind() throws Exception {
		send("PUT", "/metrics/job/typed", "# TYPE typed gauge\ntyped 1\n");
		for (String path : new String[] { "/metrics/job/ghost", "/metrics/job/ghost/instance/i",
				"/metrics/job/g%20h/v/a%2Fb", "/metrics/job@base64/Z2g/v@base64/=" }) {
			HttpResponse<String> answer = send("PUT", path, "# TYPE typed counter\ntyped 1\n");
			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(answer.body())
				.contains((this.check == PushCheck.EDGE) ? "typed is pushed as counter" : "invalid or inconsistent");
		}
		assertThat(groups()).contains("typed").doesNotContain("\"ghost\"", "\"g h\"", "\"gh\"");
	}

	@Test
	void aRefusedFirstPushLeavesTheScrapeWorkingWhereOnlyAnEmptyInstanceDiffers() throws Exception {
		assertThat(send("PUT", "/metrics/job/empty", "empty_x 1\n").statusCode()).isEqualTo(200);
		assertThat(send("PUT", "/metrics/job/empty/instance@base64/=", "empty_y 1\n").statusCode()).isEqualTo(400);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(get("/metrics").statusCode()).isEqualTo(200));
		assertThat(scrape()).contains("empty_x{").doesNotContain("empty_y{");
	}

	@Test
	void aRefusedPushLeavesAnExistingGroupAlone() throws Exception {
		send("PUT", "/metrics/job/typed2", "# TYPE typed2 gauge\ntyped2 1\n");
		send("PUT", "/metrics/job/kept", "kept 1\n");
		assertThat(send("PUT", "/metrics/job/kept", "# TYPE typed2 counter\ntyped2 1\n").statusCode()).isEqualTo(400);
		assertThat(scrape()).contains("kept{instance=\"\",job=\"kept\"} 1");
	}

	@Test
	void aRefusedPushLeavesAGroupAloneThatWasFilledBehindItsBack() throws Exception {
		send("PUT", "/metrics/job/typed3", "# TYPE typed3 gauge\ntyped3 1\n");
		HttpRequest direct = HttpRequest.newBuilder(pushgateway.url().resolve("/metrics/job/direct"))
			.PUT(BodyPublishers.ofString("direct 1\n"))
			.build();
		client.send(direct, BodyHandlers.discarding());
		assertThat(send("PUT", "/metrics/job/direct", "# TYPE typed3 counter\ntyped3 1\n").statusCode()).isEqualTo(400);
		assertThat(scrape()).contains("direct{instance=\"\",job=\"direct\"} 1");
	}

	@Test
	void goodAndBadPushesAtOnceNeverLoseAGoodOne() throws Exception {
		send("PUT", "/metrics/job/typed4", "# TYPE typed4 gauge\ntyped4 1\n");
		for (int round = 0; round < 15; round++) {
			String group = "/metrics/job/race" + round;
			List<CompletableFuture<Integer>> answers = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				boolean good = i % 4 == 3;
				String body = good ? "race" + i + " 1\n" : "# TYPE typed4 counter\ntyped4 1\n";
				answers.add(client.sendAsync(request("PUT", group, body), BodyHandlers.discarding())
					.thenApply(HttpResponse::statusCode));
			}
			List<Integer> statuses = answers.stream()
				.map((answer) -> answer.orTimeout(20, TimeUnit.SECONDS).join())
				.toList();
			assertThat(statuses.stream().filter((status) -> status == 200)).hasSize(3);
			String scrape = scrape();
			for (int i = 3; i < 12; i += 4) {
				assertThat(scrape).contains("race" + i + "{instance=\"\",job=\"race" + round + "\"} 1");
			}
		}
	}

	@Test
	void servesProtobufAndSnappyAndGzipOfOtherClients() throws Exception {
		byte[] body = ProtobufBodies
			.delimited(ProtobufBodies.family("proto_rows", ProtobufBodies.GAUGE, ProtobufBodies.gauge(4, "x", "y")));
		HttpRequest push = HttpRequest.newBuilder(uri("/metrics/job/proto"))
			.header("Content-Type",
					"application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited")
			.PUT(BodyPublishers.ofByteArray(body))
			.build();
		assertThat(client.send(push, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		assertThat(scrape()).contains("proto_rows{instance=\"\",job=\"proto\",x=\"y\"} 4");
		byte[] plain = "snappy_rows 6\n".getBytes(StandardCharsets.UTF_8);
		HttpRequest snappy = HttpRequest.newBuilder(uri("/metrics/job/snappy"))
			.header("Content-Encoding", "snappy")
			.PUT(BodyPublishers.ofByteArray(SnappyFrames.uncompressed(plain)))
			.build();
		assertThat(client.send(snappy, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		assertThat(scrape()).contains("snappy_rows{instance=\"\",job=\"snappy\"} 6");
	}

	@Test
	void servesThePageAndItsFilesAndItsDeleteButton() throws Exception {
		send("PUT", "/metrics/job/on%20page/instance/i%2F1", "on_page 1\n");
		HttpResponse<String> page = get("/");
		if (page.statusCode() == 200) {
			assertThat(page.body()).contains("Pushgateway").contains("on page").contains("<a href=\"pushers\">");
			for (String file : Stream.of(page.body().split("\""))
				.filter((text) -> text.contains("/static/"))
				.toList()) {
				assertThat(get("/" + file.replaceFirst("^\\./", "")).statusCode()).as(file).isEqualTo(200);
			}
		}
		// What the page's script sends for its delete button.
		HttpRequest delete = HttpRequest.newBuilder(uri("/metrics/job@base64/b24gcGFnZQ/instance%40base64/aS8x%3D"))
			.DELETE()
			.build();
		assertThat(client.send(delete, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
		assertThat(scrape()).doesNotContain("on_page{");
		assertThat(get("/api/v1/status").body()).contains("\"success\"");
	}

	private static String scrape() throws Exception {
		return get("/metrics").body();
	}

	private static String groups() throws Exception {
		return get("/api/v1/metrics").body();
	}

	private static HttpResponse<String> get(String path) throws Exception {
		return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private static HttpResponse<String> send(String verb, String path, String body) throws Exception {
		return client.send(request(verb, path, body), BodyHandlers.ofString());
	}

	private static HttpRequest request(String verb, String path, String body) {
		return HttpRequest.newBuilder(uri(path)).method(verb, BodyPublishers.ofString(body)).build();
	}

	private static URI uri(String path) {
		return URI.create("http://localhost:" + port + path);
	}

}
