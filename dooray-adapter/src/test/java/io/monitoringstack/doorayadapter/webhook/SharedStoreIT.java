package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.monitoringstack.doorayadapter.DoorayAdapterApplication;
import io.monitoringstack.doorayadapter.told.GroupId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two adapters that share a real Redis, also while it is away. Each has a hook of its
 * own. The image is that of <code>REDIS_IMAGE</code>.
 */
@EnabledIf("imageIsThere")
@ExtendWith(OutputCaptureExtension.class)
class SharedStoreIT {

	private static final String IMAGE = System.getenv().getOrDefault("REDIS_IMAGE", "redis:8.2");

	private static final String PASSWORD = "S3CR3T";

	private static final String TIMEOUT = System.getProperty("store.timeout", "2s");

	private static final String HOOK_A = "/services/1/2/a";

	private static final String HOOK_B = "/services/1/2/b";

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	private static final int port = freePort();

	private static GenericContainer<?> redis;

	private static ConfigurableApplicationContext a;

	private static ConfigurableApplicationContext b;

	private final String group = UUID.randomUUID().toString();

	static boolean imageIsThere() throws InterruptedException {
		try {
			Process process = new ProcessBuilder("docker", "image", "inspect", IMAGE).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) {
				return true;
			}
		}
		catch (IOException ex) {
			// No docker command.
		}
		System.out.println("Skipped: Docker is not there, or it does not have the image " + IMAGE);
		return false;
	}

	@BeforeAll
	static void start() {
		redis = new GenericContainer<>(DockerImageName.parse(IMAGE)).withExposedPorts(6379)
			.withCreateContainerCmdModifier((command) -> {
				if (command.getHostConfig() != null) {
					// The same after a restart.
					command.getHostConfig()
						.withPortBindings(new PortBinding(Ports.Binding.bindPort(port), ExposedPort.tcp(6379)));
				}
			})
			.withCommand("redis-server", "--requirepass", PASSWORD);
		redis.start();
		a = adapter("DOORAY_HOOK_URL=" + dooray.hook(HOOK_A), "SPRING_DATA_REDIS_HOST=" + redis.getHost(),
				"SPRING_DATA_REDIS_PORT=" + port, "SPRING_DATA_REDIS_PASSWORD=" + PASSWORD);
		b = adapter("DOORAY_HOOK_URL=" + dooray.hook(HOOK_B), "SPRING_DATA_REDIS_URL=" + url());
	}

	@AfterAll
	static void stop() {
		Stream.of(a, b).filter((context) -> context != null).forEach(ConfigurableApplicationContext::close);
		if (redis != null) {
			redis.stop();
		}
		dooray.close();
	}

	@BeforeEach
	void bothSeeTheStore() {
		dooray.reset();
		awaitStore("1.0");
	}

	@Test
	void aPairThatSendsToBothMakesOneMessage() {
		Stream.of(HOOK_A, HOOK_B).forEach((hook) -> dooray.answer(hook, slow(1500)));
		String body = body("first notification", alert("firing", "a1"));
		CompletableFuture<HttpResponse<String>> first = sendAsync(a, body);
		CompletableFuture<HttpResponse<String>> second = sendAsync(b, body);
		assertThat(List.of(first.join(), second.join())).allMatch((answer) -> answer.statusCode() == 200)
			.filteredOn((answer) -> answer.body().contains("\"duplicate\":true"))
			.hasSize(1);
		assertThat(send(a, body).body()).contains("duplicate");
		assertThat(send(b, body).body()).contains("duplicate");
		assertThat(dooray.posts()).hasSize(1);
		assertThat(metrics(a) + metrics(b))
			.containsPattern("dooray_duplicates_suppressed_total\\{kind=\"joined\"} [1-9]");
	}

	@Test
	void manyGroupsAtOnceAreToldByOneEach() {
		List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
		for (int i = 0; i < 150; i++) {
			String body = body("first notification", alert("firing", "a1")).replace(this.group, this.group + i);
			calls.add(sendAsync(a, body));
			calls.add(sendAsync(b, body));
		}
		assertThat(calls).allMatch((call) -> call.join().statusCode() == 200);
		assertThat(calls).filteredOn((call) -> call.join().body().contains("duplicate")).hasSize(150);
		Stream.of(a, b).forEach((context) -> assertThat(metrics(context)).contains("dooray_store_up 1.0"));
	}

	@Test
	void whatChangedCountsAgainstWhatTheOtherOneTold() {
		send(a, body("first notification", alert("firing", "a1"), alert("firing", "b2")));
		send(b, body("new alerts added", alert("firing", "a1"), alert("resolved", "b2"), alert("firing", "c3")));
		assertThat(dooray.posts()).hasSize(2);
		assertThat(last()).contains("신규 1 · 해결 1 · 계속 1");
		// It comes back, and is news.
		send(a, body("new alerts added", alert("firing", "a1"), alert("firing", "b2")));
		assertThat(dooray.posts()).hasSize(3);
	}

	@Test
	void aReminderIsToldByOneOfThem() throws Exception {
		String reminder = body("repeat interval elapsed", alert("firing", "a1"));
		send(a, body("first notification", alert("firing", "a1")));
		assertThat(send(b, reminder).body()).contains("duplicate");
		makeOlder(Duration.ofMinutes(5));
		assertThat(send(b, reminder).body()).doesNotContain("duplicate");
		assertThat(send(a, reminder).body()).contains("duplicate");
		makeOlder(Duration.ofMinutes(5));
		assertThat(send(a, reminder).body()).doesNotContain("duplicate");
		assertThat(dooray.posts()).hasSize(3);
		assertThat(dooray.posts().get(1).body()).contains("재알림 1번째");
		assertThat(last()).contains("재알림 2번째");
		assertThat(Long.parseLong(cli("TTL", toldKey()))).isBetween(431_000L, 432_000L);
		assertThat(cli("GET", toldKey())).doesNotContain("NodeDown", "web-01");
	}

	@Test
	void whoWaitedForOneThatFailedTriesItself() {
		dooray.answer(HOOK_A, (exchange, closed) -> {
			closed.await(1500, TimeUnit.MILLISECONDS);
			exchange.sendResponseHeaders(400, -1);
		}, FakeDooray.status(400, ""));
		String body = body("first notification", alert("firing", "a1"));
		CompletableFuture<HttpResponse<String>> first = sendAsync(a, body);
		Awaitility.await().until(() -> !dooray.posts().isEmpty());
		assertThat(send(b, body).statusCode()).isEqualTo(200);
		assertThat(first.join().statusCode()).isEqualTo(502);
		assertThat(dooray.posts()).hasSize(3).noneMatch((post) -> post.body().contains("재전송"));
		assertThat(last()).contains("[심각] 발생 1 | NodeDown");
	}

	@Test
	void whatMayHaveArrivedThroughOneIsMarkedByTheOther() {
		dooray.answer(HOOK_A, FakeDooray.hang());
		String body = body("first notification", alert("firing", "a1"));
		assertThat(send(a, body).statusCode()).isEqualTo(503);
		assertThat(send(b, body).statusCode()).isEqualTo(200);
		assertThat(dooray.posts()).hasSize(2);
		assertThat(last()).contains("\"text\":\"(재전송) [심각] 발생 1 | NodeDown");
		assertThat(send(a, body).body()).contains("duplicate");
	}

	@Test
	void whatOneThatWasKilledLeftBehindIsToldByTheOtherWithAMark(@TempDir Path folder) throws Exception {
		String killed = "/services/1/2/killed";
		dooray.answer(killed, FakeDooray.hang());
		Map<String, String> environment = new HashMap<>(Map.of("ADAPTER_STORE", "redis", "SPRING_DATA_REDIS_URL", url(),
				"DOORAY_HOOK_URL", dooray.hook(killed), "DOORAY_ALLOWED_HOSTS", dooray.host()));
		String body = body("first notification", alert("firing", "a1"));
		try (AdapterProcess process = new AdapterProcess(folder, List.of(), environment).start()) {
			CompletableFuture<HttpResponse<String>> cutOff = client.sendAsync(request(process.port(), body),
					HttpResponse.BodyHandlers.ofString());
			Awaitility.await().until(() -> !dooray.posts().isEmpty());
			process.kill();
			assertThat(cutOff).failsWithin(Duration.ofSeconds(30));
		}
		// As Alertmanager would: the claim lasts a little longer than one attempt.
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> send(b, body), (answer) -> answer.statusCode() == 200);
		assertThat(send(a, body).body()).contains("duplicate");
		assertThat(dooray.posts()).hasSize(2);
		assertThat(last()).contains("\"text\":\"(재전송) [심각] 발생 1 | NodeDown");
	}

	@Test
	void withoutRedisBothTellAndAfterItsReturnOneOfThem(CapturedOutput output) {
		String firing = body("first notification", alert("firing", "a1"));
		String more = body("new alerts added", alert("firing", "a1"), alert("firing", "b2"));
		send(a, firing);
		String id = redis.getContainerId();
		DockerClientFactory.lazyClient().stopContainerCmd(id).withTimeout(5).exec();
		try {
			assertThat(send(a, more).statusCode()).isEqualTo(200);
			assertThat(send(b, more).statusCode()).isEqualTo(200);
			assertThat(dooray.posts()).hasSize(3);
			assertThat(dooray.posts().get(1).body()).contains("신규 1 · 계속 1");
			assertThat(send(a, more).body()).contains("duplicate");
			awaitStore("0.0");
			Stream.of(a, b).forEach((context) -> {
				assertThat(metrics(context)).containsPattern("dooray_store_fallbacks_total [1-9]");
				assertThat(get(context, "/actuator/health").body()).contains("\"UP\"").doesNotContain("redis");
			});
		}
		finally {
			DockerClientFactory.lazyClient().startContainerCmd(id).exec();
		}
		awaitStore("1.0");
		String resolved = body("all alerts resolved", alert("resolved", "a1"), alert("resolved", "b2"));
		assertThat(send(b, resolved).body()).doesNotContain("duplicate");
		assertThat(send(a, resolved).body()).contains("duplicate");
		assertThat(dooray.posts()).hasSize(4);
		assertThat(last()).contains("[해결] 2건");
		assertThat(output.getAll().split("The shared store is away", -1)).hasSize(3);
		assertThat(output.getAll().split("The shared store is back", -1)).hasSize(3);
		assertThat(output.getAll()).doesNotContain(PASSWORD);
	}

	@Test
	void aRedisThatHangsHoldsNoMessageBack() {
		String id = redis.getContainerId();
		String body = body("first notification", alert("firing", "a1"));
		DockerClientFactory.lazyClient().pauseContainerCmd(id).exec();
		try {
			assertThat(send(a, body).statusCode()).isEqualTo(200);
			assertThat(dooray.posts()).hasSize(1);
			awaitStore("0.0");
		}
		finally {
			DockerClientFactory.lazyClient().unpauseContainerCmd(id).exec();
		}
		awaitStore("1.0");
		// What was told meanwhile was shared.
		Awaitility.await().until(() -> !cli("GET", toldKey()).isEmpty());
		String resolved = body("all alerts resolved", alert("resolved", "a1"));
		assertThat(send(b, resolved).statusCode()).isEqualTo(200);
		assertThat(last()).contains("[해결] 1건");
	}

	@Test
	void whoStartsWithNothingKnowsWhatTheOthersTold() {
		send(a, body("first notification", alert("firing", "a1")));
		ConfigurableApplicationContext fresh = adapter("DOORAY_HOOK_URL=" + dooray.hook(HOOK_A),
				"SPRING_DATA_REDIS_URL=" + url());
		try {
			assertThat(send(fresh, body("first notification", alert("firing", "a1"))).body()).contains("duplicate");
			send(fresh, body("new alerts added", alert("firing", "a1"), alert("firing", "b2")));
			assertThat(dooray.posts()).hasSize(2);
			assertThat(last()).contains("신규 1 · 계속 1", "[심각 · 계속] a1");
		}
		finally {
			fresh.close();
		}
	}

	// As if the group was told earlier.
	private void makeOlder(Duration age) throws Exception {
		String value = cli("GET", toldKey());
		String[] parts = value.split(" ", 2);
		cli("SET", toldKey(), (Long.parseLong(parts[0]) - age.toMillis()) + " " + parts[1], "KEEPTTL");
	}

	private String toldKey() throws Exception {
		String body = body("first notification", alert("firing", "a1"));
		return "dooray-adapter:{" + GroupId.of(TestBodies.read(body), null).hash() + "}:told";
	}

	private static String cli(String... command) throws Exception {
		List<String> all = new ArrayList<>(List.of("redis-cli", "--no-auth-warning", "-a", PASSWORD));
		all.addAll(List.of(command));
		return redis.execInContainer(all.toArray(String[]::new)).getStdout().trim();
	}

	private static String last() {
		return dooray.posts().get(dooray.posts().size() - 1).body();
	}

	private String body(String reason, String... alerts) {
		return """
				{"version":"4","groupKey":"%s","receiver":"ops","notification_reason":"%s","alerts":[%s]}"""
			.formatted(this.group, reason, String.join(",", alerts));
	}

	private static String alert(String status, String fingerprint) {
		return """
				{"status":"%s","labels":{"alertname":"NodeDown","severity":"critical","instance":"web-01"},
				"annotations":{"summary":"%s"},"startsAt":"2026-11-21T11:00:00Z","fingerprint":"%s"}"""
			.formatted(status, fingerprint, fingerprint);
	}

	private static FakeDooray.Answer slow(long millis) {
		return (exchange, closed) -> {
			closed.await(millis, TimeUnit.MILLISECONDS);
			exchange.sendResponseHeaders(200, -1);
		};
	}

	private static void awaitStore(String value) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> Stream.of(a, b).allMatch((context) -> metrics(context).contains("dooray_store_up " + value)));
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext context, String body) {
		return sendAsync(context, body).join();
	}

	private static CompletableFuture<HttpResponse<String>> sendAsync(ConfigurableApplicationContext context,
			String body) {
		return client.sendAsync(request(port(context), body), HttpResponse.BodyHandlers.ofString());
	}

	private static HttpRequest request(int port, String body) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhook"))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

	private static String metrics(ConfigurableApplicationContext context) {
		return get(context, "/actuator/prometheus").body();
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path) {
		return client
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port(context) + path)).build(),
					HttpResponse.BodyHandlers.ofString())
			.join();
	}

	private static int port(ConfigurableApplicationContext context) {
		return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
	}

	private static String url() {
		return "redis://:" + PASSWORD + "@" + redis.getHost() + ":" + port;
	}

	private static int freePort() {
		for (int port = 31_000 + (int) (ProcessHandle.current().pid() % 1000); port < 32_700; port++) {
			try (ServerSocket socket = new ServerSocket(port)) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Taken: the next one.
			}
		}
		throw new IllegalStateException("No free port");
	}

	private static ConfigurableApplicationContext adapter(String... variables) {
		Map<String, Object> environment = new HashMap<>();
		environment.put("SERVER_PORT", "0");
		environment.put("ADAPTER_STORE", "redis");
		environment.put("DOORAY_ALLOWED_HOSTS", dooray.host());
		environment.put("DOORAY_MININTERVAL", "30ms");
		environment.put("DOORAY_READTIMEOUT", "2500ms");
		// Longer than the service waits: a busy machine is no reason to tell twice here.
		environment.put("SPRING_DATA_REDIS_TIMEOUT", TIMEOUT);
		environment.put("SPRING_DATA_REDIS_JEDIS_POOL_MAXWAIT", TIMEOUT);
		for (String variable : variables) {
			environment.put(variable.substring(0, variable.indexOf('=')),
					variable.substring(variable.indexOf('=') + 1));
		}
		SpringApplication application = new SpringApplication(DoorayAdapterApplication.class);
		application.setRegisterShutdownHook(false);
		application.addInitializers((starting) -> starting.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", environment)));
		return application.run();
	}

}
