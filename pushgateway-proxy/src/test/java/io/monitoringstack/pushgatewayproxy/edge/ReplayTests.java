package io.monitoringstack.pushgatewayproxy.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayTests {

	private final ModelStore store = new ModelStore();

	private EdgeGate gate = gate(1_000_000);

	@BeforeEach
	void start() {
		this.gate.start();
		Awaitility.await().until(this.gate::isReady);
	}

	@AfterEach
	void stop() {
		this.gate.stop();
	}

	private EdgeGate gate(long bytes) {
		return new EdgeGate(this.store, 10_000, bytes, () -> this.store.now);
	}

	@Test
	void aCrashLosesNothingThatWasAccepted() {
		push("POST", "a", "x 1\ny 1\n");
		this.store.persist();
		push("POST", "a", "x{l=\"2\"} 1\n");
		push("POST", "b", "z 1\n");
		Map<String, List<Long>> a = this.store.scraped("a");
		crash();
		assertThat(this.store.scraped("a")).isEqualTo(a).containsOnlyKeys("x", "y");
		assertThat(this.store.scraped("b")).containsOnlyKeys("z");
		assertThat(this.gate.replayedGroups()).isEqualTo(2);
	}

	@Test
	void whatTheFileHasIsNotSentAgain() {
		push("POST", "a", "x 1\n");
		push("POST", "b", "y 1\n");
		this.store.persist();
		push("POST", "b", "y 2\n");
		this.store.sent.clear();
		crash();
		assertThat(this.store.sent).containsExactly("PUT", "POST", "DELETE");
		assertThat(this.gate.replayedGroups()).isEqualTo(1);
	}

	@Test
	void whatWasDeletedOrReplacedDoesNotComeBack() {
		push("POST", "a", "x 1\n");
		push("PUT", "b", "y 1\nz 1\n");
		this.store.persist();
		delete("a");
		push("PUT", "b", "z 1\n");
		crash();
		assertThat(this.store.scraped("a")).isEmpty();
		assertThat(this.store.names("a")).isEmpty();
		assertThat(this.store.scraped("b")).containsOnlyKeys("z");
	}

	@Test
	void aGroupThatWasThereBeforeTheProxyKeepsWhatTheFileHas() {
		push("POST", "a", "old 1\n");
		this.store.persist();
		this.gate.stop();
		this.gate = gate(1_000_000);
		start();
		push("POST", "a", "x 1\n");
		assertThat(this.gate.groupsLeftOut()).isEqualTo(1);
		crash();
		assertThat(this.store.scraped("a")).containsOnlyKeys("old", "x");
		push("POST", "a", "old 1\n");
		assertThat(this.gate.groupsLeftOut()).isZero();
	}

	@Test
	void groupsBeyondTheMemoryAreLeftOutTheSilentOnesFirst() {
		this.gate.stop();
		this.gate = gate(2_000);
		start();
		push("POST", "a", "x 1\n");
		push("POST", "b", "x 1\n");
		push("POST", "a", "x 1\n");
		push("POST", "c", "x 1\n");
		assertThat(this.gate.groupsLeftOut()).isEqualTo(1);
		assertThat(this.gate.replayBytes()).isBetween(1L, 2_000L);
		crash();
		assertThat(this.store.scraped("b")).isEmpty();
		assertThat(this.store.scraped("a")).containsOnlyKeys("x");
		assertThat(this.store.scraped("c")).containsOnlyKeys("x");
	}

	@Test
	void nothingIsKeptOrSentAgainWhereItIsOff() {
		this.gate.stop();
		this.gate = gate(0);
		start();
		push("POST", "a", "x 1\n");
		assertThat(this.gate.replayBytes()).isZero();
		crash();
		assertThat(this.store.scraped("a")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void randomPushesDeletesAndCrashesEndAsIfThereHadBeenNoCrash(long seed) {
		Random random = new Random(seed);
		Map<String, Map<String, List<Long>>> before = new HashMap<>();
		for (int step = 0; step < 250; step++) {
			String job = "j" + random.nextInt(3);
			this.store.now += 1 + random.nextInt(400);
			switch (random.nextInt(12)) {
				case 0 -> delete(job);
				case 1 -> this.store.persist();
				case 2 -> {
					for (int i = 0; i < 3; i++) {
						before.put("j" + i, this.store.scraped("j" + i));
					}
					crash();
					before.forEach((group, families) -> assertThat(this.store.scraped(group))
						.as("seed %d, group %s", seed, group)
						.isEqualTo(families));
				}
				case 3, 4, 5 -> owned(job, "s" + random.nextInt(2), body(random));
				case 6 -> push("PUT", job, body(random));
				default -> push("POST", job, body(random));
			}
		}
	}

	private static String body(Random random) {
		StringBuilder body = new StringBuilder();
		for (char name = 'a'; name < 'f'; name++) {
			if (random.nextInt(3) == 0) {
				body.append(name).append("{l=\"").append(random.nextInt(100)).append("\"} 1\n");
			}
		}
		return body.toString();
	}

	private void crash() {
		long builds = this.gate.indexBuilds();
		this.store.now += 1000;
		this.store.crash();
		// Whatever comes next finds out.
		push("POST", "nobody", "");
		delete("nobody");
		Awaitility.await().until(() -> this.gate.indexBuilds() > builds && this.gate.isReady());
	}

	private void push(String verb, String job, String body) {
		this.store.now += 10;
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		this.gate
			.push(change(job, bytes, "PUT".equals(verb)), new StoreRequest(verb, job, List.of(), bytes, bytes.length))
			.block(Duration.ofSeconds(20));
	}

	private void owned(String job, String source, String body) {
		this.store.now += 10;
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		this.gate
			.push(change(job, bytes, false), new StoreRequest("POST", job, List.of(), bytes, bytes.length),
					new OwnedPush(source, true, false))
			.block(Duration.ofSeconds(20));
	}

	private void delete(String job) {
		this.store.now += 10;
		this.gate
			.delete(new GroupingKey(Map.of("job", job)), new StoreRequest("DELETE", job, List.of(), new byte[0], 0))
			.block(Duration.ofSeconds(20));
	}

	private static GroupPush change(String job, byte[] body, boolean replace) {
		return GroupPush.of(new GroupingKey(Map.of("job", job)),
				ContentCheck.check(ContentKind.TEXT, body, body.length, ModelStore.RULES), replace);
	}

}
