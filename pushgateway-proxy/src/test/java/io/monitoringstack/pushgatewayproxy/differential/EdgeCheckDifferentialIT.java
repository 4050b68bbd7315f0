package io.monitoringstack.pushgatewayproxy.differential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import io.monitoringstack.pushgatewayproxy.PushgatewayProxyApplication;
import io.monitoringstack.pushgatewayproxy.RealPushgateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does the same to a Pushgateway that checks pushes, and to the proxy that checks them in
 * front of one that does not, and compares verdict and state after each step. Where they
 * differ, Pushgateway is right, and the case is made as small as it gets. More steps:
 * {@code -Dedge.steps=100000}, another sequence: {@code -Dedge.seed=7}.
 * <p>
 * The one wanted difference is taken out: the empty group that a checking Pushgateway
 * leaves behind a refused first push is deleted there.
 */
class EdgeCheckDifferentialIT {

	private static final int STEPS = Integer.getInteger("edge.steps", 2000);

	private static final long SEED = Long.getLong("edge.seed", 20261121);

	private static final int SEQUENCE = 60;

	/** Looks at both sides before a difference counts, about ten seconds. */
	static final int PATIENCE = 400;

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final String PROTOBUF = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

	private static RealPushgateway checking;

	private static RealPushgateway unchecked;

	private static ConfigurableApplicationContext proxy;

	private static URI proxyUrl;

	private final Map<String, Integer> verdicts = new TreeMap<>();

	private Scrape theirs = Scrape.of(200, "");

	private Scrape ours = Scrape.of(200, "");

	private final Set<String> groups = new HashSet<>();

	@BeforeAll
	static void start() throws Exception {
		checking = RealPushgateway.startPersistent();
		unchecked = RealPushgateway.startPersistent("--push.disable-consistency-check");
		proxy = SpringApplication.run(PushgatewayProxyApplication.class, "--server.port=0",
				"--management.server.port=0", "--pushgateway.url=" + unchecked.url(), "--push.check=edge",
				"--push.mode=replace", "--logging.level.push=warn");
		proxyUrl = URI.create(
				"http://127.0.0.1:" + proxy.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		makeOwnMetricsAppear();
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

	@Test
	void judgesAsACheckingPushgatewayAndLeavesTheSameBehind() throws Exception {
		RandomSteps random = new RandomSteps(SEED);
		long start = System.nanoTime();
		int done = 0;
		while (done < STEPS) {
			List<Step> steps = random.sequence(Math.min(SEQUENCE, STEPS - done), true);
			String difference = run(steps);
			if (difference != null) {
				throw new AssertionError("seed " + SEED + ", in the sequence from step " + done + ":\n"
						+ describe(shrink(steps)) + "\nfirst seen as:\n" + difference);
			}
			done += steps.size();
		}
		report(done, System.nanoTime() - start);
		assertThat(count("200")).isGreaterThan(done / 5);
		assertThat(count("400")).isGreaterThan(done / 5);
		assertThat(this.verdicts.keySet()).as("every kind of refusal occurs")
			.anyMatch((key) -> key.contains("was collected before"))
			.anyMatch((key) -> key.contains("is not a"))
			.anyMatch((key) -> key.contains("collides with"))
			.anyMatch((key) -> key.contains("should have"))
			.anyMatch((key) -> key.contains("timestamps"))
			.anyMatch((key) -> key.contains("invalid name"))
			.anyMatch((key) -> key.contains("text format parsing error"));
	}

	private int count(String status) {
		return this.verdicts.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(status))
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

	private void report(int steps, long nanos) throws IOException {
		StringBuilder text = new StringBuilder("seed " + SEED + ", steps " + steps + ", disagreements 0, "
				+ Duration.ofNanos(nanos).toSeconds() + " s\n");
		this.verdicts.forEach((verdict, count) -> text.append(count).append('\t').append(verdict).append('\n'));
		Files.createDirectories(Path.of("target"));
		Files.writeString(Path.of("target", "edge-differential.txt"), text);
		System.out.println(text);
	}

	/**
	 * Takes away whatever is not needed to see a difference.
	 */
	private List<Step> shrink(List<Step> failing) throws Exception {
		List<Step> smallest = failing;
		for (int chunk = Math.max(1, failing.size() / 2); chunk > 0; chunk /= 2) {
			for (int from = 0; from < smallest.size();) {
				List<Step> fewer = new ArrayList<>(smallest);
				fewer.subList(from, Math.min(from + chunk, fewer.size())).clear();
				if (!fewer.isEmpty() && run(fewer) != null) {
					smallest = fewer;
				}
				else {
					from += chunk;
				}
			}
		}
		for (int i = 0; i < smallest.size(); i++) {
			for (int again = 0; again < 20; again++) {
				List<Step> simpler = simpler(smallest, i);
				if (simpler == null) {
					break;
				}
				smallest = simpler;
			}
		}
		return smallest;
	}

	private @Nullable List<Step> simpler(List<Step> steps, int at) throws Exception {
		for (Step smaller : steps.get(at).smaller()) {
			List<Step> candidate = new ArrayList<>(steps);
			candidate.set(at, smaller);
			if (run(candidate) != null) {
				return candidate;
			}
		}
		return null;
	}

	private String describe(List<Step> steps) throws Exception {
		StringBuilder text = new StringBuilder();
		steps.forEach((step) -> text.append(step).append('\n'));
		return text.append(run(steps)).toString();
	}

	/**
	 * Runs steps from an empty Pushgateway on.
	 * @return the first difference, or {@code null}
	 */
	private @Nullable String run(List<Step> steps) throws Exception {
		for (String group : RandomSteps.GROUPS) {
			send(checking.url(), Step.delete("/metrics/" + group));
			sendOurs(Step.delete("/metrics/" + group));
		}
		this.groups.clear();
		String left = compareScrapes();
		if (left != null) {
			return "deletes left behind:\n" + left;
		}
		for (Step step : steps) {
			String difference = take(step);
			if (difference != null) {
				return step + "\n" + difference;
			}
		}
		return null;
	}

	private @Nullable String take(Step step) throws Exception {
		if (step.isRestart()) {
			CompletableFuture<Void> other = CompletableFuture.runAsync(checking::restart);
			unchecked.restart();
			other.get(60, TimeUnit.SECONDS);
			makeOwnMetricsAppear();
			return compareScrapes();
		}
		HttpResponse<String> their = send(checking.url(), step);
		HttpResponse<String> our = sendOurs(step);
		note(their);
		if (their.statusCode() != our.statusCode()) {
			return "theirs: " + their.statusCode() + " " + their.body() + "\nours: " + our.statusCode() + " "
					+ our.body();
		}
		String group = canonical(step.path());
		if (step.isDelete()) {
			this.groups.remove(group);
		}
		else if (their.statusCode() == 200) {
			this.groups.add(group);
		}
		else if (!this.groups.contains(group)) {
			send(checking.url(), Step.delete(step.path()));
		}
		return compareScrapes();
	}

	// Some addresses name the same group.
	static String canonical(String path) {
		return path.replace("job@base64/YQ", "job/a").replace("/m/2/l/1", "/l/1/m/2");
	}

	private void note(HttpResponse<String> answer) {
		String text = answer.body()
			.replaceFirst("^pushed metrics are invalid or inconsistent with existing metrics: ", "")
			.replaceAll("(?s)\\{.*}", "{}")
			.replaceAll("\"[^\"]*\"", "\"\"")
			.replaceAll("metric family \\S+ has", "metric family has")
			.replaceAll("in line \\d+", "in line")
			.replaceAll("\\s+", " ");
		this.verdicts.merge(answer.statusCode() + " " + text.substring(0, Math.min(90, text.length())), 1,
				Integer::sum);
	}

	/**
	 * Both sides store some things after they have answered, so a difference counts only
	 * if it stays.
	 */
	private @Nullable String compareScrapes() throws Exception {
		for (int attempt = 0;; attempt++) {
			Scrape theirNow = scrape(checking.url());
			Scrape ourNow = scrape(unchecked.url());
			String their = theirNow.describe(this.theirs);
			String our = ourNow.describe(this.ours);
			if (their.equals(our) || attempt == PATIENCE) {
				this.theirs = theirNow;
				this.ours = ourNow;
				return their.equals(our) ? null : "theirs:\n" + their + "ours:\n" + our;
			}
			Thread.sleep(Math.min(attempt, 25));
		}
	}

	static Scrape scrape(URI url) throws Exception {
		HttpResponse<String> answer = client.send(HttpRequest.newBuilder(url.resolve("/metrics")).build(),
				BodyHandlers.ofString());
		return Scrape.of(answer.statusCode(), answer.body());
	}

	// Pushgateway counts pushes and deletes from the first one on.
	private static void makeOwnMetricsAppear() throws Exception {
		Step broken = new Step("POST", "/metrics/job/none", false, false, "{".getBytes(StandardCharsets.UTF_8));
		for (URI url : List.of(checking.url(), unchecked.url())) {
			send(url, broken);
			send(url, Step.delete("/metrics/job/none"));
		}
	}

	private static HttpResponse<String> send(URI url, Step step) throws Exception {
		return send(url, step, null);
	}

	static HttpResponse<String> send(URI url, Step step, @Nullable String source) throws Exception {
		byte[] body = step.gzip() ? gzip(step.body()) : step.body();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + step.path()))
			.timeout(Duration.ofSeconds(20))
			.method(step.verb(), step.isDelete() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
		if (step.protobuf()) {
			request.header("Content-Type", PROTOBUF);
		}
		if (source != null) {
			request.header("X-Push-Source", source);
		}
		if (step.gzip()) {
			request.header("Content-Encoding", "gzip");
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

	// Not ready yet is no verdict.
	private static HttpResponse<String> sendOurs(Step step) throws Exception {
		HttpResponse<String> answer = send(proxyUrl, step);
		for (int i = 0; i < 200 && answer.statusCode() == 503; i++) {
			Thread.sleep(50);
			answer = send(proxyUrl, step);
		}
		return answer;
	}

	private static byte[] gzip(byte[] body) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(body);
		}
		return out.toByteArray();
	}

}
