package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real pair of Alertmanagers, both told of every alert, and a Dooray with every fault,
 * each at a hook of its own and all at the same time. Prints what was fired, told and
 * doubled.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "dooray.min-interval=100ms", "dooray.read-timeout=1s", "dooray.breaker-pause=500ms",
				"dooray.outage-after=1m" })
@EnabledIf(value = "io.monitoringstack.doorayadapter.webhook.AlertmanagerIT#imageIsThere",
		disabledReason = "needs Docker and an image of Alertmanager")
class FaultMatrixIT {

	private static final String IMAGE = System.getenv().getOrDefault("ALERTMANAGER_IMAGE", "prom/alertmanager:v0.34.0");

	private static final int GROUPS = 3;

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final FakeDooray.Answer OK = FakeDooray.status(200, FakeDooray.SUCCESS);

	/** What Dooray does at its n-th message; success where this says nothing. */
	private static final Map<String, IntFunction<FakeDooray.Answer>> FAULTS = faults();

	/** Nobody can know whether Dooray showed the message. */
	private static final List<String> UNKNOWN_OUTCOME = List.of("no-answer", "connection-reset");

	private static final List<GenericContainer<?>> alertmanagers = new ArrayList<>();

	/** Messages that were answered with success. */
	private static final List<String> taken = new CopyOnWriteArrayList<>();

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void hooks(DynamicPropertyRegistry registry) {
		FAULTS.keySet().forEach((fault) -> {
			String path = "/services/1/2/" + fault;
			registry.add("DOORAY_HOOK_URL_" + fault.toUpperCase().replace('-', '_'), () -> dooray.hook(path));
			AtomicInteger count = new AtomicInteger();
			dooray.rule(path, (body) -> {
				int n = count.getAndIncrement();
				FakeDooray.Answer answer = FAULTS.get(fault).apply(n);
				boolean takes = answer == null
						|| List.of("empty-body", "html-body", "dripping-body", "slow").contains(fault);
				if (takes) {
					taken.add(body);
				}
				return (answer != null) ? answer : OK;
			});
		});
		registry.add("dooray.allowed-hosts", dooray::host);
	}

	private static Map<String, IntFunction<FakeDooray.Answer>> faults() {
		Map<String, IntFunction<FakeDooray.Answer>> faults = new TreeMap<>();
		faults.put("none", (n) -> null);
		faults.put("empty-body", (n) -> FakeDooray.status(200, ""));
		faults.put("html-body", (n) -> FakeDooray.status(200, "<html>ok</html>"));
		faults.put("dripping-body", (n) -> (n < 2) ? FakeDooray.drip() : null);
		faults.put("http-500", (n) -> (n < 3) ? FakeDooray.status(500, "") : null);
		faults.put("http-503-long", (n) -> (n < 8) ? FakeDooray.status(503, "") : null);
		faults.put("http-429", (n) -> (n < 3) ? FakeDooray.status(429, "", "Retry-After", "1") : null);
		faults.put("refusal-in-200", (n) -> (n < 3) ? FakeDooray.refusal(500) : null);
		faults.put("payload-refused", (n) -> (n < 1) ? FakeDooray.status(400, "") : null);
		faults.put("all-forms-refused", (n) -> (n < 4) ? FakeDooray.status(400, "") : null);
		faults.put("hook-gone", (n) -> (n < 4) ? FakeDooray.status(404, "") : null);
		faults.put("slow", (n) -> (n < 2) ? slow(800) : null);
		faults.put("no-answer", (n) -> (n < 1) ? FakeDooray.hang() : null);
		faults.put("connection-reset", (n) -> (n < 1) ? FakeDooray.breakOff() : null);
		return faults;
	}

	@AfterAll
	static void close() {
		alertmanagers.forEach(GenericContainer::stop);
		dooray.close();
	}

	@Test
	void losesNothingAndTellsNothingTwiceWhereTheOutcomeIsKnown() throws Exception {
		startPair();
		for (String fault : FAULTS.keySet()) {
			alert(fault);
		}
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> FAULTS.keySet().stream().allMatch((fault) -> tellings(fault).size() == GROUPS));
		}
		catch (ConditionTimeoutException ex) {
			System.out.println("Not all was told in time");
		}
		// The second of the pair waits its turn, and a flush later both look again.
		TimeUnit.SECONDS.sleep(6);
		StringBuilder table = new StringBuilder("%n%-20s %5s %5s %7s%n".formatted("fault", "fired", "told", "doubled"));
		List<String> wrong = new ArrayList<>();
		for (String fault : FAULTS.keySet()) {
			Map<String, Long> tellings = tellings(fault);
			long doubled = tellings.values().stream().filter((times) -> times > 1).count();
			table.append("%-20s %5d %5d %7d%n".formatted(fault, GROUPS, tellings.size(), doubled));
			boolean known = !UNKNOWN_OUTCOME.contains(fault);
			if (tellings.size() < GROUPS || (known && doubled > 0)) {
				wrong.add(fault);
			}
		}
		System.out.println(table);
		assertThat(wrong).as("%s", table).isEmpty();
		UNKNOWN_OUTCOME
			.forEach((fault) -> assertThat(taken).anyMatch((body) -> body.contains(fault) && body.contains("재전송")));
	}

	// Returns how often each group of the fault was told.
	private static Map<String, Long> tellings(String fault) {
		return taken.stream()
			.flatMap((body) -> IntStream.range(0, GROUPS)
				.mapToObj((i) -> name(fault, i))
				.filter((name) -> body.contains(name)))
			.collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
	}

	private static String name(String fault, int group) {
		return fault + "-" + group;
	}

	private static FakeDooray.Answer slow(long millis) {
		return (exchange, closed) -> {
			closed.await(millis, TimeUnit.MILLISECONDS);
			OK.send(exchange, closed);
		};
	}

	// The second lives in the network of the first, so that they gossip on loopback.
	private void startPair() {
		GenericContainer<?> first = alertmanager(9093, 9094).withExtraHost("adapter", "host-gateway")
			.withExposedPorts(9093, 9193)
			.waitingFor(Wait.forHttp("/-/ready").forPort(9093));
		first.start();
		alertmanagers.add(first);
		GenericContainer<?> second = alertmanager(9193, 9194, "--cluster.peer=127.0.0.1:9094")
			.withNetworkMode("container:" + first.getContainerId())
			.waitingFor(Wait.forLogMessage(".*Listening on.*", 1));
		second.start();
		alertmanagers.add(second);
	}

	private GenericContainer<?> alertmanager(int web, int cluster, String... more) {
		List<String> command = new ArrayList<>(
				List.of("--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/tmp/alertmanager",
						"--web.listen-address=:" + web, "--cluster.listen-address=127.0.0.1:" + cluster,
						"--cluster.peer-timeout=1s", "--cluster.settle-timeout=2s"));
		command.addAll(List.of(more));
		return new GenericContainer<>(DockerImageName.parse(IMAGE))
			.withCopyToContainer(Transferable.of(configuration()), "/etc/alertmanager/alertmanager.yml")
			.withCommand(command.toArray(String[]::new));
	}

	private String configuration() {
		StringBuilder routes = new StringBuilder();
		StringBuilder receivers = new StringBuilder();
		FAULTS.keySet().forEach((fault) -> {
			routes.append("    - receiver: %s%n      matchers: [fault=\"%s\"]%n".formatted(fault, fault));
			receivers.append("  - name: %s%n    webhook_configs:%n      - url: http://adapter:%d/webhook/%s%n"
				.formatted(fault, this.port, fault));
		});
		return """
				route:
				  receiver: none
				  group_by: [alertname]
				  group_wait: 1s
				  group_interval: 3s
				  repeat_interval: 1h
				  routes:
				%sreceivers:
				%s""".formatted(routes, receivers);
	}

	private static void alert(String fault) throws Exception {
		String body = IntStream.range(0, GROUPS)
			.mapToObj((i) -> """
					{"labels":{"alertname":"%s","fault":"%s","instance":"web-01","severity":"warning"},
					"startsAt":"2026-11-21T11:00:00Z"}""".formatted(name(fault, i), fault))
			.collect(Collectors.joining(",", "[", "]"));
		for (int port : new int[] { 9093, 9193 }) {
			GenericContainer<?> first = alertmanagers.get(0);
			URI uri = URI.create("http://" + first.getHost() + ":" + first.getMappedPort(port) + "/api/v2/alerts");
			HttpRequest request = HttpRequest.newBuilder(uri)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build();
			assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		}
	}

}
