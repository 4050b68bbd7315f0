package io.monitoringstack.pushgatewayproxy.differential;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.pushgatewayproxy.PushgatewayProxyApplication;
import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import io.monitoringstack.pushgatewayproxy.exposition.ProtobufBodies;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The proxy with its own check in front of a real Pushgateway that does not check.
 */
@ExtendWith(OutputCaptureExtension.class)
class EdgeCheckIT {

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final String[] JOBS = { "a", "b", "c", "intruder" };

	private static RealPushgateway pushgateway;

	private static ConfigurableApplicationContext proxy;

	private static String url;

	private static String management;

	@BeforeAll
	static void start() {
		pushgateway = RealPushgateway.startPersistent("--push.disable-consistency-check");
		proxy = SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0",
				"--management.server.port=0", "--pushgateway.url=" + pushgateway.url(), "--push.check=edge");
		url = "http://127.0.0.1:" + proxy.getEnvironment().getRequiredProperty("local.server.port");
		management = "http://127.0.0.1:" + proxy.getEnvironment().getRequiredProperty("local.management.port");
	}

	@AfterAll
	static void stop() {
		if (proxy != null) {
			proxy.close();
		}
		if (pushgateway != null) {
			pushgateway.close();
		}
	}

	@AfterEach
	void clean() throws Exception {
		for (String job : JOBS) {
			assertThat(send(url, "DELETE", job, "").statusCode()).isEqualTo(202);
		}
	}

	@Test
	void whatWasAcceptedIsThereForWhoeverReadsNext() throws Exception {
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			assertThat(push("a", "x " + i + "\n").statusCode()).isEqualTo(200);
			long start = System.nanoTime();
			HttpResponse<String> page = client.send(HttpRequest.newBuilder(URI.create(url + "/metrics")).build(),
					BodyHandlers.ofString());
			millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
			assertThat(page.headers().firstValue("X-Push-Stale")).isEmpty();
			assertThat(page.body()).contains("x{instance=\"\",job=\"a\"} " + i + "\n");
		}
		Collections.sort(millis);
		System.out.println("read behind a push: p50 " + millis.get(30) + " ms, longest " + millis.get(59) + " ms");
		send(url, "DELETE", "a", "");
		assertThat(get(url + "/api/v1/metrics")).doesNotContain("\"job\":\"a\"");
		assertThat(get(management + "/actuator/prometheus")).contains("pushgateway_proxy_stale_reads_total 0.0");
	}

	@Test
	void manyReadersAndPushersAtATimeSeeWhatTheyPushed() throws Exception {
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (String job : List.of("a", "b", "c")) {
			all.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 20; i++) {
					try {
						assertThat(push(job, "x " + i + "\n").statusCode()).isEqualTo(200);
						assertThat(get(url + "/metrics")).contains("x{instance=\"\",job=\"" + job + "\"} " + i + "\n");
					}
					catch (Exception ex) {
						throw new IllegalStateException(ex);
					}
				}
			}));
		}
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
	}

	@Test
	void aRefusedFirstPushLeavesNoGroup() throws Exception {
		assertThat(push("a", "# TYPE x gauge\nx 1\n").statusCode()).isEqualTo(200);
		HttpResponse<String> refused = push("b", "# TYPE x counter\nx 1\n");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
		assertThat(refused.body()).contains("the group {job=\"a\"} has a gauge named x");
		assertThat(get(url + "/metrics")).doesNotContain("job=\"b\"");
	}

	@Test
	void aRestartKeepsWhatWasPushedAndTheCheckKnowsIt() throws Exception {
		assertThat(push("a", "# TYPE x gauge\nx 1\n").statusCode()).isEqualTo(200);
		pushgateway.restart();
		assertThat(retried("b", "# TYPE x counter\nx 1\n").statusCode()).isEqualTo(400);
		assertThat(retried("b", "# TYPE x gauge\nx 1\n").statusCode()).isEqualTo(200);
		assertThat(get(url + "/metrics")).contains("x{instance=\"\",job=\"a\"} 1", "x{instance=\"\",job=\"b\"} 1");
	}

	@Test
	void aGroupThatBreaksTheScrapeIsNamed(CapturedOutput output) throws Exception {
		assertThat(push("a", "# TYPE x gauge\nx 1\n").statusCode()).isEqualTo(200);
		send(pushgateway.url().toString(), "POST", "intruder", "# TYPE x counter\nx 1\n");
		Awaitility.await()
			.atMost(Duration.ofSeconds(90))
			.untilAsserted(() -> assertThat(get(management + "/actuator/prometheus"))
				.contains("pushgateway_proxy_scrape_healthy 0.0", "pushgateway_proxy_intruders 1.0"));
		assertThat(output).contains("Groups to look at", "[{job=\"intruder\"}]");
		assertThat(get(url + "/api/pushers")).contains("\"check\":\"edge\"", "\"healthy\":false",
				"\"poisonedBy\":[{\"job\":\"intruder\"}]");
		send(url, "DELETE", "intruder", "");
		Awaitility.await()
			.atMost(Duration.ofSeconds(90))
			.untilAsserted(() -> assertThat(get(management + "/actuator/prometheus"))
				.contains("pushgateway_proxy_scrape_healthy 1.0", "pushgateway_proxy_intruders 0.0"));
	}

	@Test
	void groupsAreListedAndDeletedByTheirLabels() throws Exception {
		for (String job : List.of("a", "b", "c")) {
			assertThat(push(job, job + "_x 1\n").statusCode()).isEqualTo(200);
		}
		String query = "?match%5B%5D=" + URLEncoder.encode("{job=~\"a|b\"}", StandardCharsets.UTF_8);
		String address = url + "/metrics" + query;
		for (String listing : List.of(address, address + "&dry_run=true", url + "/api/groups" + query)) {
			assertThat(delete(listing).body()).contains("\"dryRun\":true", "\"matched\":2", "\"deleted\":0",
					"{\"job\":\"a\"}", "{\"job\":\"b\"}");
		}
		assertThat(get(url + "/metrics")).contains("a_x{", "b_x{", "c_x{");
		HttpResponse<String> deleted = delete(address + "&dry_run=false");
		assertThat(deleted.statusCode()).isEqualTo(200);
		assertThat(deleted.body()).contains("\"dryRun\":false", "\"matched\":2", "\"deleted\":2", "\"failed\":0");
		assertThat(get(url + "/metrics")).contains("c_x{").doesNotContain("a_x{", "b_x{");
		assertThat(push("c", "# TYPE a_x gauge\na_x 1\n").statusCode()).as("the index knows").isEqualTo(200);
		assertThat(delete(url + "/api/groups").statusCode()).isEqualTo(400);
		assertThat(delete(url + "/metrics").statusCode()).isEqualTo(400);
		assertThat(delete(url + "/api/groups?match%5B%5D=%7B%7D").statusCode()).isEqualTo(400);
		assertThat(delete(address + "&dry_run=1").statusCode()).isEqualTo(400);
	}

	private static HttpResponse<String> delete(String address) throws Exception {
		return client.send(HttpRequest.newBuilder(URI.create(address)).DELETE().build(), BodyHandlers.ofString());
	}

	@Test
	void refusesWhatPushgatewayWouldTakeAndThenBreakOn() throws Exception {
		byte[] metric = ProtobufBodies.gauge(1);
		assertThat(protobuf(ProtobufBodies.family("", 1, metric)).body()).contains("has no name");
		assertThat(protobuf(ProtobufBodies.family("x", 17, metric)).body()).contains("type that does not exist");
		assertThat(protobuf(ProtobufBodies.family("x", 1, metric)).statusCode()).isEqualTo(200);
		assertThat(protobuf(ProtobufBodies.family("push_failure_time_seconds", 1)).body()).contains("has no samples");
		assertThat(push("a", "# TYPE h histogram\n{h_bucket,le=\"1\"} 1\n").body()).contains("starts with a brace");
		assertThat(get(url + "/api/v1/metrics")).contains("\"job\":\"a\"");
	}

	@Test
	void anEmptyFamilyOfAnotherTypeIsRefusedThoughPushgatewayDecidesThatByChance() throws Exception {
		assertThat(push("b", "# TYPE x gauge\nx 1\n").statusCode()).isEqualTo(200);
		assertThat(protobuf(ProtobufBodies.family("x", 0)).statusCode()).isEqualTo(400);
		assertThat(protobuf(ProtobufBodies.family("x", 1)).statusCode()).isEqualTo(200);
	}

	/**
	 * Pushgateway takes the type of a name from the group that it comes to first, in the
	 * order of a Go map. Comes a gauge first, a gauge in a family of counters is in
	 * order; comes the family of counters first, it is not, and the scrape fails.
	 */
	@Test
	void aFamilyThatHoldsAnotherTypeIsRefusedThoughPushgatewayDecidesThatByChance() throws Exception {
		byte[] odd = ProtobufBodies.family("x", ProtobufBodies.COUNTER, ProtobufBodies.gauge(1));
		Set<Integer> verdicts = new HashSet<>();
		try (RealPushgateway checking = RealPushgateway.start()) {
			assertThat(send(checking.url().toString(), "POST", "b", "# TYPE x gauge\nx 1\n").statusCode())
				.isEqualTo(200);
			for (int i = 0; i < 500 && verdicts.size() < 2; i++) {
				verdicts.add(protobuf(checking.url().toString(), odd).statusCode());
			}
		}
		assertThat(verdicts).containsExactlyInAnyOrder(200, 400);
		assertThat(push("b", "# TYPE x gauge\nx 1\n").statusCode()).isEqualTo(200);
		for (int i = 0; i < 50; i++) {
			assertThat(protobuf(odd).body()).contains("x has a metric that is not a COUNTER");
		}
		assertThat(get(url + "/metrics")).contains("x{instance=\"\",job=\"b\"} 1").doesNotContain("job=\"a\"");
	}

	private static HttpResponse<String> push(String job, String body) throws Exception {
		return retried(job, body);
	}

	// Not ready yet is no verdict.
	private static HttpResponse<String> retried(String job, String body) throws Exception {
		HttpResponse<String> answer = send(url, "PUT", job, body);
		for (int i = 0; i < 200 && answer.statusCode() == 503; i++) {
			Thread.sleep(50);
			answer = send(url, "PUT", job, body);
		}
		return answer;
	}

	private static HttpResponse<String> protobuf(byte[] family) throws Exception {
		return protobuf(url, family);
	}

	private static HttpResponse<String> protobuf(String to, byte[] family) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(to + "/metrics/job/a"))
			.header("Content-Type",
					"application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited")
			.POST(BodyPublishers.ofByteArray(ProtobufBodies.delimited(family)))
			.build();
		return client.send(request, BodyHandlers.ofString());
	}

	private static HttpResponse<String> send(String to, String verb, String job, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(to + "/metrics/job/" + job))
			.method(verb, BodyPublishers.ofString(body, StandardCharsets.UTF_8))
			.build();
		return client.send(request, BodyHandlers.ofString());
	}

	private static String get(String address) throws Exception {
		return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
	}

}
