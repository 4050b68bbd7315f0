package io.monitoringstack.pushgatewayproxy.differential;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.PushgatewayProxyApplication;
import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import io.monitoringstack.pushgatewayproxy.exposition.EmptyFamilies;
import io.monitoringstack.pushgatewayproxy.exposition.PushedFamily;
import io.monitoringstack.pushgatewayproxy.grouping.PathRules;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several sources push into the same groups through the proxy in front of a real
 * Pushgateway. What must come of it is worked out here, done to a Pushgateway that checks
 * pushes, and compared after each step: so an emptied family neither shows nor makes a
 * verdict differ. More steps: {@code -Downed.steps=5000}, another sequence:
 * {@code -Downed.seed=7}.
 */
class OwnedPutIT {

	private static final int STEPS = Integer.getInteger("owned.steps", 500);

	private static final long SEED = Long.getLong("owned.seed", 20261128);

	private static final int SEQUENCE = 200;

	private static RealPushgateway checking;

	private static RealPushgateway unchecked;

	private static ConfigurableApplicationContext proxy;

	private static URI proxyUrl;

	/** Who has what in a group. */
	private final Map<String, Map<String, Held>> groups = new HashMap<>();

	private Scrape theirs = Scrape.of(200, "");

	private Scrape ours = Scrape.of(200, "");

	private int emptied;

	private int refused;

	@BeforeAll
	static void start() throws Exception {
		checking = RealPushgateway.startPersistent();
		unchecked = RealPushgateway.startPersistent("--push.disable-consistency-check");
		proxy = SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0",
				"--management.server.port=0", "--pushgateway.url=" + unchecked.url(), "--push.check=edge",
				"--push.mode=owned", "--logging.level.push=warn");
		proxyUrl = URI.create("http://127.0.0.1:" + proxy.getEnvironment().getRequiredProperty("local.server.port"));
	}

	@AfterAll
	static void stop() {
		if (proxy != null) {
			proxy.close();
		}
		if (unchecked != null) {
			unchecked.close();
		}
		if (checking != null) {
			checking.close();
		}
	}

	@BeforeEach
	void empty() throws Exception {
		for (String group : RandomSteps.GROUPS) {
			send(checking.url(), Step.delete("/metrics/" + group), null);
			sendOurs(Step.delete("/metrics/" + group), null);
		}
		// Pushgateway counts pushes and deletes from the first one on.
		Step broken = text("POST", "{");
		send(checking.url(), broken, null);
		send(unchecked.url(), broken, null);
		assertThat(difference()).isNull();
	}

	@Test
	void twoSourcesShareAGroup() throws Exception {
		assertThat(sendOurs(text("PUT", "x 1\ny 1\n"), "one").statusCode()).isEqualTo(200);
		assertThat(sendOurs(text("PUT", "z 1\n"), "two").statusCode()).isEqualTo(200);
		assertThat(sendOurs(text("PUT", "x 2\n"), "one").statusCode()).isEqualTo(200);
		awaitSeries("x{instance=\"\",job=\"a\"} 2", "z{instance=\"\",job=\"a\"} 1");
		unchecked.restart();
		assertThat(sendOurs(text("PUT", ""), "one").statusCode()).isEqualTo(200);
		awaitSeries("z{instance=\"\",job=\"a\"} 1");
		assertThat(sendOurs(text("PUT", "x 1\n"), "a b").statusCode()).isEqualTo(400);
	}

	private static void awaitSeries(String... lines) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(EdgeCheckDifferentialIT.scrape(unchecked.url())
				.series()
				.entrySet()
				.stream()
				.filter((entry) -> !entry.getKey().startsWith("#"))
				.map((entry) -> entry.getKey() + " " + entry.getValue())).containsExactlyInAnyOrder(lines));
	}

	@Test
	void leavesWhatPushgatewayShouldHoldAndJudgesAsItDoes() throws Exception {
		RandomSteps steps = new RandomSteps(SEED);
		Random random = new Random(SEED);
		List<String> done = new ArrayList<>();
		for (int i = 0; i < STEPS; i++) {
			if (i % SEQUENCE == SEQUENCE - 1) {
				empty();
				this.groups.clear();
			}
			Step step = shared(steps.sequence(1, true).get(0), random);
			String source = "source-" + random.nextInt(2);
			if (isJudgedByChance(step)) {
				continue;
			}
			done.add(source + " " + step);
			String difference = take(step, source);
			assertThat(difference).as("seed %d\n%s", SEED, String.join("\n", done)).isNull();
		}
		System.out.println("owned puts: steps " + STEPS + ", families emptied " + this.emptied + ", refused "
				+ this.refused + ", differences 0");
		assertThat(this.emptied).isGreaterThan(STEPS / 10);
		assertThat(this.refused).isGreaterThan(STEPS / 50);
	}

	// Most steps meet in few groups, or nobody would share one.
	private static Step shared(Step step, Random random) {
		if (step.isRestart() || random.nextInt(4) == 0) {
			return step;
		}
		String path = "/metrics/job/" + (random.nextBoolean() ? "a" : "b");
		String verb = (step.isDelete() || random.nextBoolean()) ? step.verb() : "PUT";
		if (random.nextInt(3) == 0) {
			return new Step(verb, path, step.protobuf(), step.gzip(), step.body());
		}
		StringBuilder body = new StringBuilder();
		for (char name = 'a'; name < 'f'; name++) {
			if (random.nextInt(3) == 0) {
				body.append("# TYPE g_" + name + " gauge\ng_" + name + " " + random.nextInt(9) + "\n");
			}
		}
		return new Step(verb, path, false, step.gzip(), body.toString().getBytes(StandardCharsets.UTF_8));
	}

	// Has a family of that name and another type no series, Pushgateway takes the type of
	// whichever group it comes to first in the order of a Go map.
	private boolean isJudgedByChance(Step step) {
		if (step.isRestart() || step.isDelete()) {
			return false;
		}
		String group = EdgeCheckDifferentialIT.canonical(step.path());
		List<PushedFamily> coming = families(step);
		return this.groups.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().equals(group))
			.anyMatch((entry) -> coming.stream().anyMatch((family) -> {
				Held held = entry.getValue().get(family.name());
				return held != null && held.isEmpty() && held.type() != family.type();
			}));
	}

	private @Nullable String take(Step step, String source) throws Exception {
		if (step.isRestart()) {
			checking.restart();
			unchecked.restart();
			return difference();
		}
		HttpResponse<String> their = theirs(step, source);
		HttpResponse<String> our = sendOurs(step, source);
		if (their.statusCode() != our.statusCode()) {
			return "theirs: " + their.statusCode() + " " + their.body() + "\nours: " + our.statusCode() + " "
					+ our.body();
		}
		return difference();
	}

	private HttpResponse<String> theirs(Step step, String source) throws Exception {
		String group = EdgeCheckDifferentialIT.canonical(step.path());
		if (step.isDelete()) {
			this.groups.remove(group);
			return send(checking.url(), step, null);
		}
		Map<String, Held> held = this.groups.getOrDefault(group, Map.of());
		List<PushedFamily> coming = families(step);
		Set<String> names = new HashSet<>();
		coming.forEach((family) -> names.add(family.name()));
		Map<String, Held> rest = new HashMap<>(held);
		rest.keySet().removeAll(names);
		rest.values().removeIf(Held::isEmpty);
		Map<String, Held> mine = new HashMap<>(rest);
		mine.values().removeIf((family) -> !family.owner().equals(source));
		boolean put = "PUT".equals(step.verb());
		boolean alone = put && mine.size() == rest.size();
		HttpResponse<String> answer = send(checking.url(),
				new Step(alone ? "PUT" : "POST", step.path(), step.protobuf(), step.gzip(), step.body()), null);
		if (answer.statusCode() != 200) {
			this.refused++;
			if (!this.groups.containsKey(group)) {
				send(checking.url(), Step.delete(step.path()), null);
			}
			return answer;
		}
		Map<String, Held> now = alone ? new HashMap<>() : new HashMap<>(held);
		coming.stream()
			.filter((family) -> !family.name().matches("push_(failure_)?time_seconds"))
			.forEach((family) -> now.put(family.name(), new Held(source, family.type(), family.series().length == 0)));
		if (put && !alone && !mine.isEmpty()) {
			EmptyFamilies empty = new EmptyFamilies();
			mine.forEach((name, family) -> {
				empty.add(name, family.type());
				now.put(name, new Held("", family.type(), true));
			});
			assertThat(
					send(checking.url(), new Step("POST", step.path(), true, false, empty.bytes()), null).statusCode())
				.isEqualTo(200);
			this.emptied += mine.size();
		}
		this.groups.put(group, now);
		return answer;
	}

	private static List<PushedFamily> families(Step step) {
		PushPath path = PushPath.parse(step.path(), new PathRules(false, false));
		try {
			return ContentCheck
				.check(step.protobuf() ? ContentKind.PROTOBUF : ContentKind.TEXT, step.body(), step.body().length,
						new ContentRules(path.key().labels().keySet(), false, 10_000, ContentRules.Scope.COMPLETE))
				.families();
		}
		catch (RefusedException ex) {
			return List.of();
		}
	}

	private @Nullable String difference() throws Exception {
		for (int attempt = 0;; attempt++) {
			Scrape theirNow = EdgeCheckDifferentialIT.scrape(checking.url());
			Scrape ourNow = EdgeCheckDifferentialIT.scrape(unchecked.url());
			String their = theirNow.describe(this.theirs);
			String our = ourNow.describe(this.ours);
			if (their.equals(our) || attempt == EdgeCheckDifferentialIT.PATIENCE) {
				this.theirs = theirNow;
				this.ours = ourNow;
				return their.equals(our) ? null : "theirs:\n" + their + "ours:\n" + our;
			}
			Thread.sleep(Math.min(attempt, 25));
		}
	}

	private static Step text(String verb, String body) {
		return new Step(verb, "/metrics/job/a", false, false, body.getBytes(StandardCharsets.UTF_8));
	}

	private static HttpResponse<String> send(URI url, Step step, @Nullable String source) throws Exception {
		return EdgeCheckDifferentialIT.send(url, step, source);
	}

	// Not ready yet is no verdict.
	private static HttpResponse<String> sendOurs(Step step, @Nullable String source) throws Exception {
		HttpResponse<String> answer = send(proxyUrl, step, source);
		for (int i = 0; i < 200 && answer.statusCode() == 503; i++) {
			Thread.sleep(50);
			answer = send(proxyUrl, step, source);
		}
		return answer;
	}

	private record Held(String owner, int type, boolean isEmpty) {

	}

}
