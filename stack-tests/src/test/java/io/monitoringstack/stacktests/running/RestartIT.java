package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts restart while the stack is in use: what was accepted is kept, and the rest is
 * told.
 */
@RunningStack
class RestartIT {

	private static final Duration SOON = Duration.ofSeconds(60);

	@Test
	void losesNoAcceptedPushWhilePushgatewayRestarts() throws Exception {
		String id = Ids.unique("it_restart");
		String group = "/metrics/job/" + id;
		try (Pusher pusher = new Pusher(group, id)) {
			pusher.awaitAccepted(30);
			Stack.compose("restart", "pushgateway");
			pusher.awaitAccepted(pusher.accepted().size() + 30);
			pusher.stop();
			Report.line("pushes while Pushgateway restarted: %d accepted, refused %s"
				.formatted(pusher.accepted().size(), pusher.refused()));
			assertThat(pusher.unexpected()).as("answers that are neither a success nor 503 or 504 with a reason")
				.isEmpty();
			assertThat(namesIn(Http.get(Stack.PROXY, "/metrics").body(), id)).containsAll(pusher.accepted());
			Prometheus.awaitValue("count({job=\"%s\",__name__=~\"%s_.+\"})".formatted(id, id),
					pusher.accepted().size());
		}
		finally {
			Stack.awaitHealthy("pushgateway");
			Pushes.delete(group);
		}
	}

	@Test
	void namesTheHopThatIsMissingAndDeliversOnceItIsBack() throws IOException {
		String name = Ids.unique("ItAdapterDown");
		Shell.Result selftest;
		Stack.compose("stop", "dooray-adapter");
		try {
			Alertmanager.raise(name, "critical");
			selftest = Stack.monitoring("selftest", "--json", "--timeout", "15");
			assertThat(failedNotifications(name)).as("Alertmanager has tried").isTrue();
		}
		finally {
			Stack.compose("start", "dooray-adapter");
		}
		try {
			assertThat(selftest.exitCode()).as(selftest.toString()).isEqualTo(1);
			JsonNode report = Http.json(selftest.out());
			assertThat(report.path("ok").asBoolean(true)).isFalse();
			assertThat(report.path("failed").asString()).isEqualTo("message in the channel");
			JsonNode last = report.path("hops").path(report.path("hops").size() - 1);
			assertThat(last.path("look").asString()).contains("dooray-adapter");
			assertThat(Pushes.groups()).noneMatch((labels) -> labels.contains(report.path("id").asString()));

			Simulator.awaitAccepted(name, SOON);
			assertThat(Simulator.accepted(name)).hasSize(1);
		}
		finally {
			Alertmanager.end(name, "critical");
			Stack.awaitHealthy("dooray-adapter");
		}
	}

	@Test
	void tellsThatTheDatabaseIsGoneAndRecoversByItself() throws IOException {
		String started = Stack.container("demo-app").path("State").path("StartedAt").asString();
		Stack.compose("stop", "postgres");
		try {
			DemoApp.awaitStatus("/health/", 503, SOON);
			JsonNode health = Http.json(Http.get(Stack.DEMO_APP, "/health/").body());
			assertThat(health.path("status").asString()).isEqualTo("unhealthy");
			assertThat(health.path("checks").path("database").path("status").asString()).isEqualTo("unhealthy");
			assertThat(health.path("checks").path("application").path("status").asString()).isEqualTo("healthy");
			assertThat(DemoApp.status("/health/ready/")).isEqualTo(503);
			assertThat(DemoApp.status("/health/live/")).as("a restart would not help").isEqualTo(200);
		}
		finally {
			Stack.compose("start", "postgres");
			Stack.awaitHealthy("postgres");
		}
		DemoApp.awaitStatus("/health/", 200, SOON);
		DemoApp.awaitStatus("/api/memos", 200, SOON);
		assertThat(Stack.container("demo-app").path("State").path("StartedAt").asString())
			.as("demo-app went on running")
			.isEqualTo(started);
		DemoApp.outweighErrors();
	}

	@Test
	void readsMemosWithoutItsCache() throws IOException {
		JsonNode memo = DemoApp.create(Ids.unique("it cache"));
		Stack.compose("stop", "redis");
		try {
			assertThat(DemoApp.status(DemoApp.address(memo))).isEqualTo(200);
			assertThat(DemoApp.status("/health/")).isEqualTo(200);
		}
		finally {
			Stack.compose("start", "redis");
			Stack.awaitHealthy("redis");
		}
		assertThat(DemoApp.status(DemoApp.address(memo))).isEqualTo(200);
		DemoApp.delete(memo);
	}

	@Test
	void stillAlertsAfterAlertmanagerAndPrometheusRestarted() throws IOException {
		String job = Ids.unique("it_after_restart");
		String group = "/metrics/job/" + job;
		Stack.compose("restart", "prometheus", "alertmanager");
		Stack.awaitHealthy("prometheus");
		Stack.awaitHealthy("alertmanager");
		try {
			Instant pushed = Instant.now();
			Pushes.put(group, "batch_job_success 0\n");
			assertThat(Simulator.awaitAccepted(job, SOON).hook()).isEqualTo("critical");
			Report.seconds("push to message right after a restart", Duration.between(pushed, Instant.now()));
		}
		finally {
			Pushes.put(group, "batch_job_success 1\n");
			Prometheus.awaitNone("ALERTS{alertstate=\"firing\",job=\"" + job + "\"}");
			Pushes.delete(group);
		}
	}

	private static boolean failedNotifications(String name) {
		return Stack.compose("logs", "--no-color", "alertmanager")
			.out()
			.lines()
			.anyMatch((line) -> line.contains(name) && line.contains("Notify attempt failed"));
	}

	private static Set<String> namesIn(String exposition, String prefix) {
		return exposition.lines()
			.filter((line) -> line.startsWith(prefix + "_"))
			.map((line) -> line.substring(0, line.indexOf('{')))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Pushes twenty metrics a second to one group, each with a name of its own, by PUT.
	 */
	private static final class Pusher implements AutoCloseable {

		private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(8);

		private final AtomicInteger next = new AtomicInteger();

		private final Set<String> accepted = new TreeSet<>();

		private final TreeMap<Integer, Integer> refused = new TreeMap<>();

		private final Set<String> unexpected = new TreeSet<>();

		private final String group;

		private final String prefix;

		Pusher(String group, String prefix) {
			this.group = group;
			this.prefix = prefix;
			this.clock.scheduleAtFixedRate(() -> this.clock.execute(this::push), 0, 50, TimeUnit.MILLISECONDS);
		}

		private void push() {
			String name = "%s_%05d".formatted(this.prefix, this.next.getAndIncrement());
			try {
				record(name, Pushes.put(this.group, name + " 1\n"));
			}
			catch (IOException ex) {
				synchronized (this) {
					this.unexpected.add(ex.toString());
				}
			}
		}

		private synchronized void record(String name, HttpResponse<String> answer) {
			switch (answer.statusCode()) {
				case 200, 202 -> this.accepted.add(name);
				case 503, 504 -> {
					this.refused.merge(answer.statusCode(), 1, Integer::sum);
					String type = answer.headers().firstValue("Content-Type").orElse("none");
					if (!type.startsWith("text/plain") || answer.body().isBlank()) {
						this.unexpected.add("%d %s %s".formatted(answer.statusCode(), type, answer.body()));
					}
				}
				default -> this.unexpected.add(answer.statusCode() + " " + answer.body());
			}
		}

		void awaitAccepted(int count) {
			Awaitility.await(count + " accepted pushes").atMost(SOON).until(() -> accepted().size() >= count);
		}

		void stop() throws InterruptedException {
			this.clock.shutdown();
			assertThat(this.clock.awaitTermination(30, TimeUnit.SECONDS)).as("all pushes were answered").isTrue();
		}

		synchronized Set<String> accepted() {
			return new TreeSet<>(this.accepted);
		}

		synchronized TreeMap<Integer, Integer> refused() {
			return new TreeMap<>(this.refused);
		}

		synchronized Set<String> unexpected() {
			return new TreeSet<>(this.unexpected);
		}

		@Override
		public void close() {
			this.clock.shutdownNow();
		}

	}

}
