package io.monitoringstack.pushgatewayproxy.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.monitoringstack.pushgatewayproxy.edge.ModelStore.Fate;
import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ProtobufBodies;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OwnedPushTests {

	private static final String PROTOBUF = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

	private static final GroupingKey GROUP = new GroupingKey(Map.of("job", "a"));

	private static final String[] NAMES = { "f0", "f1", "f2", "f3", "f4", "f5" };

	private final ModelStore store = new ModelStore();

	private final EdgeGate gate = new EdgeGate(this.store, 10_000);

	@BeforeEach
	void start() {
		this.gate.start();
		Awaitility.await().until(this.gate::isReady);
	}

	@AfterEach
	void stop() {
		this.gate.stop();
	}

	@Test
	void aPutRemovesWhatItsSourcePushedBeforeAndLeavesTheRest() {
		put("one", "x 1\ny 1\n");
		put("two", "z 1\n");
		put("one", "x 2\n");
		assertThat(shown()).containsOnlyKeys("x", "z");
		assertThat(this.store.sent).containsExactly("PUT", "POST", "POST", "POST");
	}

	@Test
	void aPutOfTheOnlySourceStaysAPut() {
		put("one", "x 1\ny 1\n");
		put("one", "# TYPE x_count gauge\nx_count 2\n");
		put("one", "# TYPE x histogram\nx_bucket{le=\"+Inf\"} 2\nx_sum 1\nx_count 2\n");
		assertThat(this.store.names("a")).containsExactly("x");
		assertThat(this.store.sent).containsExactly("PUT", "PUT", "PUT");
	}

	@Test
	void anEmptyPutRemovesWhatItsSourcePushed() {
		put("one", "x 1\ny 1\n");
		put("two", "z 1\n");
		put("one", "");
		assertThat(shown()).containsOnlyKeys("z");
		put("two", "# nothing\n");
		assertThat(shown()).isEmpty();
		assertThat(this.store.sent).containsExactly("PUT", "POST", "POST", "PUT");
	}

	@Test
	void aPutInProtobufTakesOneRequest() {
		put("one", "x 1\ny 1\n");
		put("two", "z 1\n");
		byte[] body = ProtobufBodies.delimited(ProtobufBodies.family("w", 1, ProtobufBodies.gauge(1)));
		push("one", true, PROTOBUF, body);
		assertThat(shown()).containsOnlyKeys("w", "z");
		assertThat(this.store.sent).containsExactly("PUT", "POST", "POST");
		put("one", "x 1\n");
		assertThat(shown()).containsOnlyKeys("x", "z");
	}

	@Test
	void aPostOwnsWhatItBringsAndRemovesNothing() {
		post("one", "x 1\n");
		post("one", "y 1\n");
		post("two", "z 1\n");
		assertThat(shown()).containsOnlyKeys("x", "y", "z");
		put("one", "y 2\n");
		assertThat(shown()).containsOnlyKeys("y", "z");
	}

	@Test
	void whoPushesAFamilyLastOwnsIt() {
		put("one", "x 1\ny 1\n");
		post("two", "x 2\n");
		put("one", "y 1\n");
		assertThat(shown()).containsOnlyKeys("x", "y");
		put("two", "v 1\n");
		assertThat(shown()).containsOnlyKeys("v", "y");
	}

	@Test
	void whatNobodyIsKnownToHavePushedStaysUntilItIsPushedOnceMore() {
		put("one", "x 1\ny 1\n");
		EdgeGate restarted = new EdgeGate(this.store, 10_000);
		restarted.start();
		Awaitility.await().until(restarted::isReady);
		push(restarted, "one", true, null, "x 1\n".getBytes(StandardCharsets.UTF_8));
		assertThat(shown()).containsOnlyKeys("x", "y");
		push(restarted, "one", true, null, "x 1\ny 1\n".getBytes(StandardCharsets.UTF_8));
		push(restarted, "one", true, null, "x 1\n".getBytes(StandardCharsets.UTF_8));
		assertThat(shown()).containsOnlyKeys("x");
		restarted.stop();
	}

	@Test
	void aDeletedGroupBelongsToNobody() {
		put("one", "x 1\n");
		put("two", "y 1\n");
		assertThat(this.gate.ownedFamilies()).isEqualTo(2);
		this.gate.delete(GROUP, new StoreRequest("DELETE", "a", List.of(), new byte[0], 0)).block();
		assertThat(this.gate.ownedFamilies()).isZero();
		put("two", "x 1\n");
		put("one", "z 1\n");
		assertThat(shown()).containsOnlyKeys("x", "z");
		this.gate.deleteIf(GROUP, () -> true).block();
		assertThat(this.gate.ownedFamilies()).isZero();
	}

	@Test
	void anEmptiedFamilyKeepsItsNameAndTypeAndTheRefusalSaysSo() {
		put("one", "# TYPE x gauge\nx 1\n");
		put("two", "y 1\n");
		put("one", "");
		assertThatThrownBy(() -> push("three", "# TYPE x counter\nx 1\n"))
			.hasMessageContaining("has a gauge named x, which has no series but keeps its name and type");
		put("two", "y 2\n");
		push("three", "# TYPE x counter\nx 1\n");
	}

	@Test
	void thePusherHearsThatOnlyTheBodyWasStoredAndPushingAgainMendsIt() {
		for (Fate fate : new Fate[] { Fate.NOT_SENT, Fate.ERROR, Fate.LOST, Fate.STORED_BUT_LOST }) {
			put("one", "x 1\ny 1\n");
			put("two", "z 1\n");
			List<Fate> fates = new ArrayList<>(List.of(Fate.STORED, fate));
			this.store.fate = () -> fates.isEmpty() ? Fate.STORED : fates.remove(0);
			assertThatThrownBy(() -> put("one", "x 2\n")).as(fate.name())
				.isInstanceOfSatisfying(RefusedException.class, (ex) -> {
					assertThat(ex.refusal().status()).isEqualTo(503);
					assertThat(ex.refusal().text()).contains("was stored", "could not be removed", "again");
				});
			this.store.fate = () -> Fate.STORED;
			retried("one", true, "x 2\n");
			assertThat(shown()).containsOnlyKeys("x", "z");
		}
	}

	@Test
	void aPushWhoseAnswerWasLostIsOwnedIfItWasStored() {
		put("two", "z 1\n");
		List<Fate> fates = new ArrayList<>(List.of(Fate.STORED_BUT_LOST));
		this.store.fate = () -> fates.isEmpty() ? Fate.STORED : fates.remove(0);
		assertThatThrownBy(() -> post("one", "x 1\nz 2\n")).isNotNull();
		retried("one", true, "y 1\n");
		assertThat(shown()).as("z stays with the other source").containsOnlyKeys("y", "z");
	}

	@Test
	void aPushgatewayThatCrashesBetweenTheTwoRequestsGetsBothAgain() {
		put("one", "x 1\ny 1\n");
		put("two", "z 1\n");
		int[] requests = { 0 };
		this.store.fate = () -> {
			if (++requests[0] == 2) {
				this.store.crash();
				return Fate.NOT_SENT_RESTARTED;
			}
			return Fate.STORED;
		};
		put("one", "x 2\n");
		assertThat(shown()).containsOnlyKeys("x");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void sourcesInOneGroupNeverLoseEachOthersFamiliesAndWhatIsDroppedDisappears(long seed) {
		Random random = new Random(seed);
		Map<String, String> owners = new HashMap<>();
		Map<String, List<Long>> expected = new HashMap<>();
		int[] lost = { 0 };
		this.store.fate = () -> {
			int dice = random.nextInt(60);
			// Each lost answer takes a second to find out about.
			boolean mayLose = dice < 2 && lost[0]++ < 2;
			return mayLose ? ((dice == 0) ? Fate.LOST : Fate.STORED_BUT_LOST)
					: (dice > 2 && dice < 8) ? Fate.NOT_SENT : Fate.STORED;
		};
		for (int step = 0; step < 400; step++) {
			String source = "s" + random.nextInt(3);
			int kind = random.nextInt(20);
			if (kind == 0) {
				retriedDelete();
				owners.clear();
				expected.clear();
				continue;
			}
			boolean put = kind < 14;
			Map<String, String> families = families(random);
			boolean protobuf = random.nextInt(3) == 0;
			byte[] body = protobuf ? protobuf(families) : text(families);
			retried(source, put, protobuf ? PROTOBUF : null, body);
			if (put) {
				expected.keySet().removeIf((name) -> source.equals(owners.get(name)));
			}
			GroupPush pushed = change(protobuf ? PROTOBUF : null, body);
			pushed.families().forEach((family) -> {
				owners.put(family.name(), source);
				expected.put(family.name(), Arrays.stream(family.series()).boxed().toList());
			});
			assertThat(shown()).as("seed %d, step %d", seed, step).isEqualTo(expected);
		}
	}

	private static Map<String, String> families(Random random) {
		Map<String, String> families = new TreeMap<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			families.put(NAMES[random.nextInt(NAMES.length)], "" + random.nextInt(1000));
		}
		return families;
	}

	private static byte[] text(Map<String, String> families) {
		StringBuilder text = new StringBuilder();
		families
			.forEach((name, label) -> text.append("# TYPE " + name + " gauge\n" + name + "{l=\"" + label + "\"} 1\n"));
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] protobuf(Map<String, String> families) {
		List<byte[]> all = new ArrayList<>();
		families.forEach((name, label) -> all
			.add(ProtobufBodies.family(name, ProtobufBodies.GAUGE, ProtobufBodies.gauge(1, "l", label))));
		return ProtobufBodies.delimited(all.toArray(byte[][]::new));
	}

	private Map<String, List<Long>> shown() {
		return this.store.scraped("a");
	}

	private void put(String source, String body) {
		push(source, true, null, body.getBytes(StandardCharsets.UTF_8));
	}

	private void post(String source, String body) {
		push(source, false, null, body.getBytes(StandardCharsets.UTF_8));
	}

	// Into a group of its own.
	private void push(String job, String body) {
		GroupingKey key = new GroupingKey(Map.of("job", job));
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		GroupPush change = GroupPush.of(key,
				ContentCheck.check(ContentKind.TEXT, bytes, bytes.length, ModelStore.RULES), false);
		this.gate
			.push(change, new StoreRequest("POST", job, List.of(), bytes, bytes.length),
					new OwnedPush("s", false, false))
			.block(Duration.ofSeconds(20));
	}

	private void push(String source, boolean put, String contentType, byte[] body) {
		push(this.gate, source, put, contentType, body);
	}

	private static void push(EdgeGate gate, String source, boolean put, String contentType, byte[] body) {
		List<Map.Entry<String, String>> headers = (contentType != null)
				? List.of(Map.entry("content-type", contentType), Map.entry("content-length", "" + body.length))
				: List.of();
		StoreAnswer answer = gate
			.push(change(contentType, body), new StoreRequest("POST", "a", headers, body, body.length),
					new OwnedPush(source, put, contentType != null))
			.block(Duration.ofSeconds(20));
		assertThat(answer).isNotNull();
		if (answer.status() != 202) {
			throw new IllegalStateException("answered " + answer.status());
		}
	}

	private static GroupPush change(String contentType, byte[] body) {
		return GroupPush.of(GROUP, ContentCheck.check(ContentKind.of(contentType), body, body.length, ModelStore.RULES),
				false);
	}

	private void retried(String source, boolean put, String body) {
		retried(source, put, null, body.getBytes(StandardCharsets.UTF_8));
	}

	private void retried(String source, boolean put, String contentType, byte[] body) {
		retried(() -> push(source, put, contentType, body));
	}

	private void retriedDelete() {
		retried(() -> this.gate.deleteIf(GROUP, () -> true).block(Duration.ofSeconds(20)));
	}

	private static void retried(Runnable push) {
		for (int attempt = 0;; attempt++) {
			try {
				push.run();
				return;
			}
			catch (RuntimeException ex) {
				if (attempt == 30) {
					throw ex;
				}
			}
		}
	}

}
