package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The worst that may come at once, with the settings as they are shipped, in a heap of
 * 128 MB: one group of 10,000 alerts, then 1,000 groups.
 */
@EnabledOnOs(OS.LINUX)
class StormIT {

	private static final int ALERTS = 10_000;

	private static final int GROUPS = 1_000;

	private static final String HOOK = "/services/1/2/3";

	private static final Pattern COUNTED = Pattern.compile("\"text\":\"(?:\\[알림 폭주] )?\\[[^]]+] 그룹 ([0-9,]+)개");

	private final HttpClient client = HttpClient.newHttpClient();

	private final AtomicInteger attempts = new AtomicInteger();

	@Test
	void aStormIsToldInLittleMemory(@TempDir Path folder) throws Exception {
		try (FakeDooray dooray = new FakeDooray(); AdapterProcess adapter = adapter(folder, dooray)) {
			adapter.start();
			Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

			long start = System.nanoTime();
			send(adapter, manyAlerts(), later).get(5, TimeUnit.MINUTES);
			double alertsTook = (System.nanoTime() - start) / 1e9;
			assertThat(dooray.posts().get(0).body()).contains("[심각] 발생 10,000 |");
			long peakOfAlerts = adapter.peakMemory();

			dooray.posts().clear();
			this.attempts.set(0);
			start = System.nanoTime();
			List<CompletableFuture<Void>> groups = new ArrayList<>();
			for (int i = 0; i < GROUPS; i++) {
				groups.add(send(adapter, group(i), later));
			}
			CompletableFuture.allOf(groups.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
			double groupsTook = (System.nanoTime() - start) / 1e9;
			List<String> messages = dooray.posts().stream().map(FakeDooray.Post::body).toList();

			int counted = messages.stream().mapToInt(StormIT::groups).sum();
			long unknown = adapter.metric("dooray_deliveries_seconds_count\\{[^}]*reason=\"contextDeadlineExceeded\"}");
			System.out.printf(
					"%,d alerts of one group told after %.1f s, peak memory %,d KB; %,d groups told after %.1f s by %d "
							+ "messages that count %,d (outcome unknown: %d), %,d requests, peak memory %,d KB, heap in use "
							+ "afterwards %,d KB%n",
					ALERTS, alertsTook, peakOfAlerts / 1024, GROUPS, groupsTook, messages.size(), counted, unknown,
					this.attempts.get(), adapter.peakMemory() / 1024, adapter.liveHeap() / 1024);
			// What Dooray answered too late for is told again.
			assertThat((long) counted).isBetween((long) GROUPS, GROUPS + unknown);
			assertThat(messages).hasSizeLessThan(GROUPS / 10);
			assertThat(adapter.alive()).isTrue();
			assertThat(adapter.log()).doesNotContain("OutOfMemory", "StackOverflow");
			// Compose grants 384 MB; more processors mean more threads of the JVM's own.
			assertThat(adapter.peakMemory()).isLessThan(512L * 1024 * 1024);
		}
	}

	private static AdapterProcess adapter(Path folder, FakeDooray dooray) {
		return new AdapterProcess(folder, List.of("-Xmx128m"), Map.of("DOORAY_HOOK_URL", dooray.hook(HOOK),
				"DOORAY_ALLOWED_HOSTS", dooray.host(), "ADAPTER_STATE_DIR", folder.toString()));
	}

	// Returns the number of groups that a message tells of.
	private static int groups(String message) {
		if (message.contains("\"text\":\"※ 알림 폭주 모드 해제")) {
			return 0;
		}
		Matcher matcher = COUNTED.matcher(message);
		return matcher.find() ? Integer.parseInt(matcher.group(1).replace(",", "")) : 1;
	}

	private static String manyAlerts() {
		return "{\"receiver\":\"ops\",\"groupKey\":\"many\",\"alerts\":[" + IntStream.range(0, ALERTS)
			.mapToObj((i) -> alert("Many" + i % 20, (i == 7_777) ? "critical" : "warning", "host-" + i))
			.collect(Collectors.joining(",")) + "]}";
	}

	private static String group(int i) {
		return "{\"receiver\":\"ops\",\"groupKey\":\"group-%d\",\"alerts\":[%s]}".formatted(i,
				alert("Group" + i, "critical", "host-" + i));
	}

	private static String alert(String name, String severity, String host) {
		return """
				{"status":"firing","labels":{"alertname":"%s","severity":"%s","instance":"%s","job":"node",
				"cluster":"seoul-1"},"annotations":{"summary":"%s %s","description":"%s"},
				"startsAt":"2026-11-21T11:00:00Z","endsAt":"0001-01-01T00:00:00Z",
				"generatorURL":"http://prometheus:9090/graph?g0.expr=up","fingerprint":"%016x"}""".formatted(name,
				severity, host, name, host, "이 서버를 살펴보세요. ".repeat(20), (name + host).hashCode());
	}

	// Waits ten seconds for an answer and tries again a second later, as Alertmanager
	// does.
	private CompletableFuture<Void> send(AdapterProcess adapter, String body, Executor later) {
		HttpRequest request = HttpRequest.newBuilder(adapter.uri("/webhook"))
			.timeout(Duration.ofSeconds(10))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		this.attempts.incrementAndGet();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
			.handle((answer, failure) -> told(answer, failure))
			.thenCompose((told) -> told ? CompletableFuture.completedFuture(null) : CompletableFuture.runAsync(() -> {
			}, later).thenCompose((nothing) -> send(adapter, body, later)));
	}

	private static boolean told(HttpResponse<String> answer, Throwable failure) {
		if (failure != null) {
			Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
			assertThat(cause).isInstanceOfAny(HttpTimeoutException.class, IOException.class);
			return false;
		}
		assertThat(answer.statusCode()).isIn(200, 503);
		return answer.statusCode() == 200;
	}

}
