package io.monitoringstack.demoapp;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service on a real PostgreSQL: its migrations, its memos, and what happens when the
 * server hangs or drops its connections.
 */
@NeedsImage(variable = "POSTGRES_IMAGE", standard = "postgres:18.1")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class PostgresIT {

	private static final String PASSWORD = "s3cret-of-postgres";

	private static final int PORT = 5432;

	private static GenericContainer<?> postgres;

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void start(DynamicPropertyRegistry registry) {
		postgres = new GenericContainer<>(NeedsImageCondition.image(PostgresIT.class))
			.withEnv(Map.of("POSTGRES_DB", "memos", "POSTGRES_USER", "memos", "POSTGRES_PASSWORD", PASSWORD))
			.withExposedPorts(PORT)
			.waitingFor(Wait
				.forSuccessfulCommand("psql --host=127.0.0.1 --username=memos --dbname=memos --command='SELECT 1'"))
			.withStartupTimeout(Duration.ofMinutes(2));
		postgres.withEnv("PGPASSWORD", PASSWORD).start();
		registry.add("spring.datasource.url",
				() -> "jdbc:postgresql://%s:%d/memos".formatted(postgres.getHost(), postgres.getMappedPort(PORT)));
		registry.add("spring.datasource.username", () -> "memos");
		registry.add("spring.datasource.password", () -> PASSWORD);
	}

	@AfterAll
	static void stop() {
		if (postgres != null) {
			postgres.stop();
		}
	}

	@Test
	void keepsMemosAsTheyWereWritten() throws Exception {
		String address = create("메모 🛒", "첫 줄\n둘째 줄");
		this.client.get()
			.uri(address)
			.exchange()
			.expectBody()
			.jsonPath("$.title")
			.isEqualTo("메모 🛒")
			.jsonPath("$.body")
			.isEqualTo("첫 줄\n둘째 줄");
		this.client.put()
			.uri(address)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", "changed"))
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(sql("SELECT title FROM memo WHERE id = " + address.replaceAll("\\D", ""))).isEqualTo("changed");
		assertThat(sql("SELECT version FROM flyway_schema_history WHERE success")).isEqualTo("1");
		this.client.get()
			.uri("/api/memos?size=1")
			.exchange()
			.expectBody()
			.jsonPath("$.items[0].title")
			.isEqualTo("changed");
		this.client.delete().uri(address).exchange().expectStatus().isNoContent();
		assertThat(sql("SELECT count(*) FROM memo WHERE title = 'changed'")).isEqualTo("0");
	}

	@Test
	void countsItsMemosForPrometheus() throws Exception {
		create("counted", "");
		assertThat(read("/metrics")).contains("memo_total " + sql("SELECT count(*) FROM memo") + ".0");
	}

	@Test
	void answersQuicklyWhileTheDatabaseHangsAndHealsWhenItComesBack() throws Exception {
		String address = create("before the outage", "");
		String id = postgres.getContainerId();
		DockerClientFactory.lazyClient().pauseContainerCmd(id).exec();
		try {
			assertThat(took("/health/", 503)).isLessThan(Duration.ofMillis(2_000));
			for (int i = 0; i < 5; i++) {
				assertThat(took("/health/ready/", 503)).isLessThan(Duration.ofMillis(1_500));
			}
			assertThat(took("/health/live/", 200)).isLessThan(Duration.ofMillis(500));
			assertThat(took("/metrics", 200)).isLessThan(Duration.ofMillis(2_000));
			assertThat(read("/metrics")).contains("memo_total NaN");
			assertThat(took("/api/memos", 503)).isLessThan(Duration.ofSeconds(12));
		}
		finally {
			DockerClientFactory.lazyClient().unpauseContainerCmd(id).exec();
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			took("/health/", 200);
			took("/api/memos", 200);
		});
		assertThat(read(address)).contains("before the outage");
	}

	@Test
	void survivesThatTheServerDropsAllConnections() throws Exception {
		took("/api/memos", 200);
		sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'demo-app'");
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> took("/api/memos", 200));
		took("/health/", 200);
	}

	@Test
	void saysNothingOfThePassword() {
		assertThat(read("/metrics") + read("/health/") + read("/actuator/info")).doesNotContain(PASSWORD);
	}

	private String create(String title, String body) {
		return String.valueOf(this.client.post()
			.uri("/api/memos")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", title, "body", body))
			.exchange()
			.expectStatus()
			.isCreated()
			.returnResult(String.class)
			.getResponseHeaders()
			.getLocation());
	}

	private Duration took(String path, int status) {
		long start = System.nanoTime();
		this.client.get().uri(path).exchange().expectStatus().isEqualTo(status);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private String read(String path) {
		return String.valueOf(this.client.get().uri(path).exchange().returnResult(String.class).getResponseBody());
	}

	private static String sql(String statement) throws IOException, InterruptedException {
		var answer = postgres.execInContainer("psql", "--host=127.0.0.1", "--username=memos", "--dbname=memos",
				"--no-align", "--tuples-only", "--command=" + statement);
		assertThat(answer.getExitCode()).as(answer.getStderr()).isZero();
		return answer.getStdout().trim();
	}

}
