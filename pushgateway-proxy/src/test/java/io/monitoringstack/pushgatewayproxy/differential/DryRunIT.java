package io.monitoringstack.pushgatewayproxy.differential;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.monitoringstack.pushgatewayproxy.PushgatewayProxyApplication;
import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import io.monitoringstack.pushgatewayproxy.grouping.PathRules;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tries each push of a random sequence before it is made, and compares what was told with
 * what comes of it. More pushes: {@code -Ddryrun.steps=2000 -Ddryrun.seed=7}.
 */
class DryRunIT {

	private static final int STEPS = Integer.getInteger("dryrun.steps", 300);

	private static final long SEED = Long.getLong("dryrun.seed", 20261128);

	private static final Set<String> STAMPS = Set.of("push_time_seconds", "push_failure_time_seconds");

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final JsonMapper json = new JsonMapper();

	private int accepted;

	private int refused;

	@ParameterizedTest
	@ValueSource(strings = { "edge", "upstream" })
	void tellsWhatComesOfAPush(String check) throws Exception {
		String[] arguments = "edge".equals(check) ? new String[] { "--push.disable-consistency-check" } : new String[0];
		try (RealPushgateway pushgateway = RealPushgateway.start(0, arguments);
				ConfigurableApplicationContext proxy = proxy(check, pushgateway)) {
			String url = "http://127.0.0.1:" + proxy.getEnvironment().getRequiredProperty("local.server.port");
			List<Step> steps = steps(SEED, STEPS);
			// Pushgateway counts pushes from the first one on.
			send(url, new Step("POST", "/metrics/job/none", false, false, "x 1\n".getBytes(StandardCharsets.UTF_8)),
					"");
			send(url, Step.delete("/metrics/job/none"), "");
			for (Step step : steps) {
				if (step.isDelete()) {
					send(url, step, "");
				}
				else {
					compare(url, step);
				}
			}
			leavesNoTrace(url, steps(SEED + 1, 100));
			System.out.println("dry runs with " + check + ": accepted=" + this.accepted + " refused=" + this.refused
					+ " disagreements=0");
			assertThat(this.accepted).isGreaterThan(STEPS / 5);
			assertThat(this.refused).isGreaterThan(STEPS / 5);
		}
	}

	// Families of two names cannot be told from what else is in Pushgateway's JSON. A
	// push
	// to a group with an empty instance that a checking Pushgateway refuses can break its
	// scrape, which then refuses everything.
	private static List<Step> steps(long seed, int length) {
		return new RandomSteps(seed).sequence(length, false).stream().filter((step) -> {
			String body = new String(step.body(), StandardCharsets.ISO_8859_1);
			return !body.contains("labels") && !body.contains("last_push_successful")
					&& !step.path().endsWith("instance@base64/=");
		}).toList();
	}

	private static ConfigurableApplicationContext proxy(String check, RealPushgateway pushgateway) {
		return SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0", "--management.server.port=0",
				"--pushgateway.url=" + pushgateway.url(), "--push.check=" + check, "--push.mode=replace",
				"--logging.level.push=warn");
	}

	private void compare(String url, Step step) throws Exception {
		JsonNode told = told(url, step);
		Set<String> before = families(url, step);
		HttpResponse<String> push = send(url, step, "");
		assertThat(told.path("status").asInt()).as(step + "\n" + told + "\n" + push.body())
			.isEqualTo(push.statusCode());
		assertThat(told.path("verdict").asString()).isEqualTo((push.statusCode() == 200) ? "accepted" : "refused");
		if (push.statusCode() != 200) {
			this.refused++;
			assertThat(told.path("text").asString()).isNotEmpty();
			return;
		}
		this.accepted++;
		if (told.path("warnings").toString().contains("only Pushgateway can tell")) {
			return;
		}
		Set<String> after = families(url, step);
		Set<String> added = new TreeSet<>(after);
		added.removeAll(before);
		Set<String> removed = new TreeSet<>(before);
		removed.removeAll(after);
		assertThat(names(told.path("added"))).as(step + "\n" + told).isEqualTo(added);
		assertThat(names(told.path("removed"))).as(step + "\n" + told).isEqualTo(removed);
		assertThat(before).containsAll(names(told.path("changed"))).containsAll(names(told.path("unchanged")));
	}

	// Everything is still before, as what a push does may show only after its answer.
	private static void leavesNoTrace(String url, List<Step> steps) throws Exception {
		String[] last = { "" };
		Awaitility.await().pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(30)).until(() -> {
			String now = pushed(url);
			boolean still = now.equals(last[0]);
			last[0] = now;
			return still;
		});
		for (Step step : steps) {
			if (!step.isDelete()) {
				told(url, step);
			}
		}
		assertThat(pushed(url)).isEqualTo(last[0]);
	}

	private static JsonNode told(String url, Step step) throws Exception {
		HttpResponse<String> answer = send(url, step, "/-/check");
		assertThat(answer.body()).as(step.toString()).startsWith("{");
		JsonNode verdict = json.readTree(answer.body());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(verdict.path("status").asInt());
		return verdict;
	}

	private static String pushed(String url) throws Exception {
		StringBuilder pushed = new StringBuilder();
		get(url + "/metrics").lines()
			.filter((line) -> line.contains("job=\""))
			.forEach((line) -> pushed.append(line).append('\n'));
		return pushed.toString();
	}

	private static Set<String> families(String url, Step step) throws Exception {
		Map<String, String> labels = PushPath.parse(step.path(), new PathRules(false, false)).key().labels();
		Set<String> families = new TreeSet<>();
		for (JsonNode group : json.readTree(get(url + "/api/v1/metrics")).path("data")) {
			if (labels.equals(json.convertValue(group.path("labels"), TreeMap.class))) {
				group.properties().forEach((member) -> {
					if (member.getValue().path("metrics").size() > 0 && !STAMPS.contains(member.getKey())) {
						families.add(member.getKey());
					}
				});
			}
		}
		return families;
	}

	private static Set<String> names(JsonNode list) {
		Set<String> names = new TreeSet<>();
		list.forEach((name) -> names.add(name.asString()));
		return names;
	}

	private static String get(String address) throws Exception {
		return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString()).body();
	}

	private static HttpResponse<String> send(String url, Step step, String prefix) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + prefix + step.path()))
			.timeout(Duration.ofSeconds(30))
			.method(step.verb(), BodyPublishers.ofByteArray(step.body()));
		if (step.protobuf()) {
			request.header("Content-Type",
					"application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

}
