package io.monitoringstack.pushgatewayproxy.differential;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.monitoringstack.pushgatewayproxy.PushgatewayProxyApplication;
import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a real Pushgateway in the middle of pushes.
 */
class ReplayIT {

	private static final int PUSHERS = 8;

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static RealPushgateway pushgateway;

	private static ConfigurableApplicationContext proxy;

	private static String url;

	private static String management;

	@BeforeAll
	static void start() {
		pushgateway = RealPushgateway.startPersistent("--push.disable-consistency-check", "--persistence.interval=2s");
		proxy = SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0",
				"--management.server.port=0", "--pushgateway.url=" + pushgateway.url(), "--push.replay=true",
				"--logging.level.push=error");
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

	@Test
	void aKilledPushgatewayLosesNothingThatWasAccepted() throws Exception {
		Map<String, Integer> accepted = new ConcurrentHashMap<>();
		AtomicInteger told = new AtomicInteger();
		AtomicBoolean over = new AtomicBoolean();
		List<CompletableFuture<Void>> pushers = new ArrayList<>();
		for (int i = 0; i < PUSHERS; i++) {
			int pusher = i;
			pushers.add(CompletableFuture.runAsync(() -> pushUntil(over, pusher, accepted, told)));
		}
		for (int kill = 0; kill < 3; kill++) {
			int before = told.get();
			Awaitility.await().until(() -> told.get() > before + 300);
			pushgateway.kill();
			pushgateway.startAgain();
		}
		int before = told.get();
		Awaitility.await().until(() -> told.get() > before + 100);
		over.set(true);
		CompletableFuture.allOf(pushers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		String last = killOnceMore();
		List<String> lost = new ArrayList<>();
		accepted.forEach((series, value) -> {
			if (!last.contains(series + " " + value + "\n")) {
				lost.add(series + " " + value);
			}
		});
		System.out.println("replay: accepted " + told.get() + ", series " + accepted.size() + ", lost " + lost.size()
				+ ", kills 4, " + metric("pushgateway_proxy_replayed_groups_total"));
		assertThat(accepted).hasSizeGreaterThan(PUSHERS * 2);
		assertThat(lost).isEmpty();
		assertThat(metric("pushgateway_proxy_replay_groups_left_out")).endsWith(" 0.0");
		assertThat(metric("pushgateway_proxy_replay_refused_total")).endsWith(" 0.0");
	}

	@Test
	void aCleanRestartSendsNothingAgainAndPushTimesStay() throws Exception {
		assertThat(push("/metrics/job/quiet", "quiet 1\n")).isEqualTo(200);
		String before = line("push_time_seconds{instance=\"\",job=\"quiet\"}");
		pushgateway.restart();
		Awaitility.await().until(() -> push("/metrics/job/other", "other 1\n") == 200);
		assertThat(line("push_time_seconds{instance=\"\",job=\"quiet\"}")).isEqualTo(before);
	}

	// With nobody pushing, so that only what is sent again can be there.
	private static String killOnceMore() throws Exception {
		pushgateway.kill();
		pushgateway.startAgain();
		Awaitility.await().until(() -> push("/metrics/job/end", "end_of_test 1\n") == 200);
		return get(url + "/metrics");
	}

	// Each pusher has two groups and, in each, one metric of each verb.
	private static void pushUntil(AtomicBoolean over, int pusher, Map<String, Integer> accepted, AtomicInteger told) {
		for (int i = 0; !over.get(); i++) {
			String job = "p" + pusher + "_" + i % 2;
			String name = (i % 4 < 2) ? "first" : "second";
			int value = i;
			try {
				if (push("/metrics/job/" + job, name + " " + value + "\n") == 200) {
					accepted.put(name + "{instance=\"\",job=\"" + job + "\"}", value);
					told.incrementAndGet();
				}
				else {
					// Whether it was stored is not known; so the next one is not
					// compared.
					accepted.remove(name + "{instance=\"\",job=\"" + job + "\"}");
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static int push(String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
			.POST(BodyPublishers.ofString(body))
			.build();
		return client.send(request, BodyHandlers.discarding()).statusCode();
	}

	private static String metric(String name) throws Exception {
		return get(management + "/actuator/prometheus").lines()
			.filter((line) -> line.startsWith(name + " "))
			.findFirst()
			.orElse("none");
	}

	private static String line(String series) throws Exception {
		return get(url + "/metrics").lines().filter((line) -> line.startsWith(series)).findFirst().orElse("none");
	}

	private static String get(String address) throws Exception {
		HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(address)).build(),
				BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

}
