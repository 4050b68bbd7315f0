package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Alertmanager is told of new alerts all the time, and the service is killed by
 * SIGKILL while messages are on their way, again and again:
 * <code>-Dkill.rounds=100</code>. Half of the messages that a kill cuts off have been
 * shown by Dooray, the other half have not, and nobody can tell which.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIf(value = "io.monitoringstack.doorayadapter.webhook.AlertmanagerIT#imageIsThere",
		disabledReason = "needs Docker and an image of Alertmanager")
class KilledMidDeliveryIT {

	private static final int ROUNDS = Integer.getInteger("kill.rounds", 5);

	private static final String IMAGE = System.getenv().getOrDefault("ALERTMANAGER_IMAGE", "prom/alertmanager:v0.34.0");

	private static final String TOKEN = "T0kenOfTheHook";

	private static final String HOOK = "/services/1/2/" + TOKEN;

	private static final Pattern NAME = Pattern.compile("Kill\\d{5}");

	/** Between Dooray's answer and Alertmanager's knowing of it, on a busy machine. */
	private static final long ANSWERING = TimeUnit.SECONDS.toNanos(3);

	private static final HttpClient client = HttpClient.newHttpClient();

	private final Random random = new Random(20261121);

	private final AtomicInteger fired = new AtomicInteger();

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	private final List<Long> kills = new CopyOnWriteArrayList<>();

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	@Test
	void losesNothingAndDoublesOnlyWhatNobodyCanKnow(@TempDir Path folder) throws Exception {
		ScheduledExecutorService alerts = Executors.newSingleThreadScheduledExecutor();
		try (FakeDooray dooray = new FakeDooray(); AdapterProcess adapter = adapter(folder, dooray)) {
			dooray.rule(HOOK, this::take);
			adapter.prepareFastStart().start();
			try (GenericContainer<?> alertmanager = alertmanager(adapter.port())) {
				alertmanager.start();
				URI api = URI.create(
						"http://" + alertmanager.getHost() + ":" + alertmanager.getMappedPort(9093) + "/api/v2/alerts");
				alerts.scheduleWithFixedDelay(() -> fire(api), 0, 200, TimeUnit.MILLISECONDS);
				int cutOff = 0;
				for (int round = 0; round < ROUNDS; round++) {
					Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> underWay() > 0);
					TimeUnit.MILLISECONDS.sleep(this.random.nextInt(120));
					cutOff += (underWay() > 0) ? 1 : 0;
					this.kills.add(System.nanoTime());
					adapter.kill();
					adapter.start();
				}
				alerts.shutdown();
				assertThat(alerts.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
				Awaitility.await()
					.atMost(Duration.ofMinutes(3))
					.untilAsserted(() -> assertThat(this.told).hasSize(this.fired.get()));
				check(cutOff);
			}
			assertThat(adapter.log()).doesNotContain(TOKEN, "cannot be read");
		}
		finally {
			alerts.shutdownNow();
		}
	}

	private AdapterProcess adapter(Path folder, FakeDooray dooray) throws Exception {
		Path state = Files.createDirectory(folder.resolve("state"));
		return new AdapterProcess(folder,
				List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:cds=off",
						"-Xlog:cds+dynamic=off"),
				Map.of("DOORAY_HOOK_URL", dooray.hook(HOOK), "DOORAY_ALLOWED_HOSTS", dooray.host(),
						"DOORAY_MININTERVAL", "100ms", "DOORAY_STORMGROUPS", "100000", "DOORAY_OUTAGEAFTER", "1h",
						"ADAPTER_STATE_DIR", state.toString()));
	}

	private FakeDooray.Answer take(String body) {
		boolean shownAtOnce;
		long hold;
		synchronized (this.random) {
			shownAtOnce = this.random.nextBoolean();
			hold = 100 + this.random.nextInt(300);
		}
		Message message = new Message(names(body), body.contains("재전송"), shownAtOnce);
		this.messages.add(message);
		int kills = this.kills.size();
		if (shownAtOnce) {
			this.told.addAll(message.names);
		}
		return (exchange, closed) -> {
			closed.await(hold, TimeUnit.MILLISECONDS);
			if (!shownAtOnce && kills == this.kills.size()) {
				message.shown = true;
				this.told.addAll(message.names);
			}
			message.answered = System.nanoTime();
			FakeDooray.status(200, FakeDooray.SUCCESS).send(exchange, closed);
		};
	}

	private static Set<String> names(String body) {
		return NAME.matcher(body).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
	}

	private long underWay() {
		return this.messages.stream().filter((message) -> message.answered == 0).count();
	}

	// A new alert each time; what was told some time ago is over, so that Alertmanager
	// need not go through thousands.
	private void fire(URI api) {
		List<String> body = new ArrayList<>();
		int number = this.fired.get();
		body.add(alert(number, ""));
		if (number > 100 && this.told.contains(name(number - 100))) {
			body.add(alert(number - 100, ",\"endsAt\":\"2026-11-21T11:00:01Z\""));
		}
		HttpRequest request = HttpRequest.newBuilder(api)
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("[" + String.join(",", body) + "]"))
			.build();
		if (client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().statusCode() == 200) {
			this.fired.incrementAndGet();
		}
	}

	private static String name(int number) {
		return "Kill%05d".formatted(number);
	}

	private static String alert(int number, String end) {
		return """
				{"labels":{"alertname":"%s","severity":"warning"},"startsAt":"2026-11-21T11:00:00Z"%s}"""
			.formatted(name(number), end);
	}

	private void check(int cutOff) {
		Map<String, List<Message>> tellings = new TreeMap<>();
		this.messages.stream()
			.filter((message) -> message.shown)
			.forEach((message) -> message.names
				.forEach((name) -> tellings.computeIfAbsent(name, (key) -> new ArrayList<>()).add(message)));
		List<List<Message>> doubled = tellings.values().stream().filter((times) -> times.size() > 1).toList();
		long marked = doubled.stream().filter((times) -> times.get(1).marked).count();
		System.out.printf(
				"%d kills, %d of them while messages were on their way: %d alerts, %d told, %d told more than "
						+ "once (%d marked, the others cut off by a kill), %d messages%n",
				this.kills.size(), cutOff, this.fired.get(), tellings.size(), doubled.size(), marked,
				this.messages.size());
		assertThat(tellings).hasSize(this.fired.get());
		assertThat(cutOff).isGreaterThanOrEqualTo(ROUNDS / 2);
		assertThat(doubled).allMatch((times) -> times.stream().skip(1).allMatch((again) -> again.marked)
				|| times.stream().limit(times.size() - 1).allMatch(this::wasCutOff));
	}

	private boolean wasCutOff(Message message) {
		return this.kills.stream().anyMatch((kill) -> message.came - kill <= 0 && message.answered - kill > -ANSWERING);
	}

	private static GenericContainer<?> alertmanager(int port) {
		String configuration = """
				global:
				  resolve_timeout: 24h
				route:
				  receiver: adapter
				  group_by: [alertname]
				  group_wait: 100ms
				  group_interval: 5s
				  repeat_interval: 24h
				receivers:
				  - name: adapter
				    webhook_configs:
				      - url: http://adapter:%d/webhook
				        timeout: 10s
				        send_resolved: false
				""".formatted(port);
		return new GenericContainer<>(DockerImageName.parse(IMAGE))
			.withCopyToContainer(Transferable.of(configuration), "/etc/alertmanager/alertmanager.yml")
			.withExtraHost("adapter", "host-gateway")
			.withExposedPorts(9093)
			.waitingFor(Wait.forHttp("/-/ready"));
	}

	/**
	 * A message that came to Dooray.
	 */
	private static final class Message {

		private final Set<String> names;

		private final boolean marked;

		private final long came = System.nanoTime();

		private volatile boolean shown;

		/** When Dooray answered, zero before that. */
		private volatile long answered;

		private Message(Set<String> names, boolean marked, boolean shown) {
			this.names = names;
			this.marked = marked;
			this.shown = shown;
		}

	}

}
