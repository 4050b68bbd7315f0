package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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
 * A real Alertmanager sends to the service. Needs Docker and the image of
 * <code>ALERTMANAGER_IMAGE</code>.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "webhook.bearer-token=t0ken")
@EnabledIf(value = "imageIsThere", disabledReason = "needs Docker and an image of Alertmanager")
class AlertmanagerIT {

	private static final String IMAGE = System.getenv().getOrDefault("ALERTMANAGER_IMAGE", "prom/alertmanager:v0.34.0");

	private static final String HOOK = "/services/1/2/3";

	private static final FakeDooray dooray = new FakeDooray();

	private static final HttpClient client = HttpClient.newHttpClient();

	private static GenericContainer<?> alertmanager;

	@Value("${local.server.port}")
	private int port;

	@DynamicPropertySource
	static void hooks(DynamicPropertyRegistry registry) {
		registry.add("DOORAY_HOOK_URL", () -> dooray.hook(HOOK));
		registry.add("dooray.allowed-hosts", dooray::host);
	}

	// Asked of the docker command: Testcontainers would try for minutes where no registry
	// can
	// be reached.
	static boolean imageIsThere() throws InterruptedException {
		boolean there = succeeds("docker", "image", "inspect", IMAGE) || succeeds("docker", "pull", "--quiet", IMAGE);
		if (!there) {
			System.out.println("Skipped: Docker is not there, or it neither has nor gets the image " + IMAGE);
		}
		return there;
	}

	private static boolean succeeds(String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@AfterAll
	static void close() {
		if (alertmanager != null) {
			alertmanager.stop();
		}
		dooray.close();
	}

	@BeforeEach
	void startAlertmanager() {
		dooray.reset();
		if (alertmanager != null) {
			return;
		}
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))
			.withCopyToContainer(Transferable.of(configuration()), "/etc/alertmanager/alertmanager.yml")
			.withExtraHost("adapter", "host-gateway")
			.withExposedPorts(9093)
			.waitingFor(Wait.forHttp("/-/ready"));
		container.start();
		alertmanager = container;
	}

	private String configuration() {
		return """
				route:
				  receiver: dooray-critical
				  group_by: [alertname]
				  group_wait: 1s
				  group_interval: 2s
				  repeat_interval: 1h
				receivers:
				  - name: dooray-critical
				    webhook_configs:
				      - url: http://adapter:%d/webhook
				        timeout: 10s
				        http_config:
				          authorization:
				            credentials: t0ken
				""".formatted(this.port);
	}

	@Test
	void tellsThatAnAlertFiresAndThatItIsResolved() throws Exception {
		alert("NodeDown", null);
		awaitPost("[심각] 발생 1 | NodeDown | web-01");
		alert("NodeDown", "2020-01-01T00:00:00Z");
		awaitPost("[해결] 1건 | NodeDown | web-01");
		assertThat(dooray.posts()).hasSize(2);
	}

	@Test
	void deliversWhatFiredWhileDoorayWasDown() throws Exception {
		dooray.answer(HOOK,
				IntStream.range(0, 4)
					.mapToObj((i) -> FakeDooray.status(503, "maintenance"))
					.toArray(FakeDooray.Answer[]::new));
		alert("DiskFull", null);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> dooray.posts().size() >= 5);
		assertThat(dooray.posts()).hasSize(5).allMatch((post) -> post.body().contains("[심각] 발생 1 | DiskFull | web-01"));
	}

	private static void awaitPost(String text) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> dooray.posts().stream().anyMatch((post) -> post.body().contains(text)));
	}

	private static void alert(String name, String endsAt) throws Exception {
		String end = (endsAt != null) ? ",\"startsAt\":\"2019-01-01T00:00:00Z\",\"endsAt\":\"" + endsAt + "\"" : "";
		String body = """
				[{"labels":{"alertname":"%s","instance":"web-01:9100","severity":"critical"},
				"annotations":{"summary":"web-01 is down"}%s}]""".formatted(name, end);
		URI uri = URI
			.create("http://" + alertmanager.getHost() + ":" + alertmanager.getMappedPort(9093) + "/api/v2/alerts");
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
	}

}
