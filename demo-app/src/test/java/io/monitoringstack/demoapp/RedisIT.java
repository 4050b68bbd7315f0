package io.monitoringstack.demoapp;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service with a real Redis as its cache, and without it for a while.
 */
@NeedsImage(variable = "REDIS_IMAGE", standard = "redis:8.2")
@WholeService
class RedisIT {

	private static final int PORT = 6379;

	private static GenericContainer<?> redis;

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void start(DynamicPropertyRegistry registry) {
		redis = new GenericContainer<>(NeedsImageCondition.image(RedisIT.class)).withExposedPorts(PORT)
			.withCommand("redis-server", "--protected-mode", "no");
		redis.start();
		registry.add("spring.data.redis.host", redis::getHost);
		registry.add("spring.data.redis.port", () -> redis.getMappedPort(PORT));
	}

	@AfterAll
	static void stop() {
		if (redis != null) {
			redis.stop();
		}
	}

	@Test
	void readsAMemoFromTheDatabaseOnceAndThenFromRedis() throws Exception {
		String address = create("in redis");
		double hits = hits();
		read(address);
		read(address);
		read(address);
		assertThat(hits()).isEqualTo(hits + 2);
		String key = "demo-app:memos::" + address.replaceAll("\\D", "");
		assertThat(cli("GET", key)).contains("\"title\":\"in redis\"");
		assertThat(Integer.parseInt(cli("TTL", key))).isBetween(1, 60);
	}

	@Test
	void forgetsAMemoThatWasChangedOrDeleted() throws Exception {
		String address = create("first");
		read(address);
		change(address, "second");
		assertThat(read(address)).contains("second");
		this.client.delete().uri(address).exchange().expectStatus().isNoContent();
		this.client.get().uri(address).exchange().expectStatus().isNotFound();
	}

	@Test
	void goesOnWithoutRedisAndShowsNothingOldWhenItIsBack() {
		String address = create("before");
		read(address);
		String id = redis.getContainerId();
		DockerClientFactory.lazyClient().pauseContainerCmd(id).exec();
		try {
			assertThat(read(address)).contains("before");
			change(address, "during");
			long start = System.nanoTime();
			for (int i = 0; i < 10; i++) {
				assertThat(read(address)).contains("during");
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
			assertThat(read("/metrics")).contains("memo_cache_bypassed 1.0");
			this.client.get().uri("/health/").exchange().expectStatus().isOk();
			this.client.get().uri("/actuator/health").exchange().expectStatus().isOk();
		}
		finally {
			DockerClientFactory.lazyClient().unpauseContainerCmd(id).exec();
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(read(address)).contains("during");
			assertThat(read("/metrics")).contains("memo_cache_bypassed 0.0")
				.containsPattern("memo_cache_failures_total\\{operation=\"(get|evict)\"} [1-9]");
		});
	}

	private String create(String title) {
		return String.valueOf(this.client.post()
			.uri("/api/memos")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", title))
			.exchange()
			.returnResult(String.class)
			.getResponseHeaders()
			.getLocation());
	}

	private void change(String address, String title) {
		this.client.put()
			.uri(address)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("title", title))
			.exchange()
			.expectStatus()
			.isOk();
	}

	private String read(String path) {
		return String.valueOf(this.client.get().uri(path).exchange().returnResult(String.class).getResponseBody());
	}

	private double hits() {
		return read("/metrics").lines()
			.filter((line) -> line.startsWith("cache_gets_total{") && line.contains("result=\"hit\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private static String cli(String... command) throws Exception {
		String[] all = new String[command.length + 1];
		all[0] = "redis-cli";
		System.arraycopy(command, 0, all, 1, command.length);
		return redis.execInContainer(all).getStdout().trim();
	}

}
