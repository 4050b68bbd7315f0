package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every query of every dashboard and every rule is run against the running stack: a query
 * that asks for what nobody exposes looks exactly like one that has nothing to report.
 * What may find nothing is listed with its reason in {@code may-be-empty.yml}.
 */
@RunningStack
class DashboardQueriesIT {

	/**
	 * Longer than the longest way of a sample: a scrape, two rates, a rule that is
	 * evaluated every two minutes.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(150);

	private static final int RANGE_SECONDS = 900;

	private static final String[] JOBS = { "queries_nightly", "queries_hourly" };

	private static final MayBeEmpty EMPTY = MayBeEmpty.read();

	private static ExecutorService askers;

	private static Set<String> known;

	@BeforeAll
	static void load() throws IOException {
		Stack.assumeRuns("grafana", "prometheus", "loki", "tempo", "nginx", "cadvisor", "blackbox-exporter",
				"otel-collector", "postgres-exporter", "redis-exporter", "nginx-exporter");
		askers = Executors.newFixedThreadPool(4);
		use();
		// Variables are filled with the jobs that are known when a test begins.
		for (String job : JOBS) {
			Prometheus.awaitValue("batch_job:interval_seconds{job=\"%s\"}".formatted(job), 3600);
		}
		known = new TreeSet<>();
	}

	@AfterAll
	static void stop() throws IOException {
		if (askers != null) {
			askers.shutdownNow();
			for (String job : JOBS) {
				Pushes.delete("/metrics/job/" + job);
			}
		}
	}

	@Test
	void everyQueryOfEveryDashboardHasData() throws IOException {
		Map<DashboardQuery, Callable<Outcome>> asked = new LinkedHashMap<>();
		for (JsonNode dashboard : DashboardQuery.dashboards()) {
			DashboardVariables variables = DashboardVariables.all(dashboard);
			DashboardQuery.of(dashboard).forEach((query) -> asked.put(query, () -> run(query, variables)));
		}
		Map<DashboardQuery, Outcome> outcomes = runUntilThereIsData(asked);
		List<String> faults = new ArrayList<>();
		outcomes.forEach((query, outcome) -> {
			if (!outcome.error().isEmpty()) {
				faults.add("%s: %s".formatted(query, outcome.error()));
			}
			else if (!outcome.data() && !EMPTY.lists(query)) {
				faults.add("%s finds nothing: %s".formatted(query, query.expression()));
			}
		});
		long listed = outcomes.keySet().stream().filter(EMPTY::lists).count();
		long data = outcomes.values().stream().filter(Outcome::data).count();
		long empty = outcomes.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().data() && EMPTY.lists(entry.getKey()))
			.count();
		Report.line("%d of %d queries have data; %d of the %d that may be empty are".formatted(data, outcomes.size(),
				empty, listed));
		assertThat(faults).isEmpty();
	}

	@Test
	void noQueryFailsWithASingleValueOfAVariable() throws IOException {
		Map<String, Callable<Outcome>> asked = new LinkedHashMap<>();
		for (JsonNode dashboard : DashboardQuery.dashboards()) {
			for (DashboardVariables variables : DashboardVariables.single(dashboard)) {
				DashboardQuery.of(dashboard)
					.forEach((query) -> asked.put(query + " | " + sent(query, variables), () -> run(query, variables)));
			}
		}
		Map<String, Outcome> outcomes = askAll(asked);
		Report.line("%d queries with a single value of a variable, %d of them have data".formatted(outcomes.size(),
				outcomes.values().stream().filter(Outcome::data).count()));
		assertThat(outcomes).isNotEmpty().allSatisfy((query, outcome) -> assertThat(outcome.error()).isEmpty());
		assertThat(outcomes.values()).anyMatch(Outcome::data);
	}

	@Test
	void everyMetricThatADashboardAsksForExists() throws IOException {
		Map<DashboardQuery, Callable<Set<String>>> asked = new LinkedHashMap<>();
		for (JsonNode dashboard : DashboardQuery.dashboards()) {
			DashboardVariables variables = DashboardVariables.all(dashboard);
			DashboardQuery.of(dashboard)
				.stream()
				.filter((query) -> "prometheus".equals(query.source()))
				.forEach((query) -> asked.put(query, () -> unknownMetrics(sent(query, variables))));
		}
		Map<DashboardQuery, Set<String>> unknown = askAll(asked);
		unknown.values().removeIf(Set::isEmpty);
		assertThat(unknown).isEmpty();
	}

	@Test
	void everyRuleReadsMetricsThatExistAndEveryRecordingHasData() throws IOException {
		Map<String, Callable<Outcome>> asked = new LinkedHashMap<>();
		List<String> faults = new ArrayList<>();
		int alerts = 0;
		for (JsonNode rule : Prometheus.rules()) {
			String name = rule.path("name").asString();
			String expression = rule.path("query").asString();
			boolean alerting = "alerting".equals(rule.path("type").asString());
			alerts += alerting ? 1 : 0;
			assertThat(rule.path("health").asString()).as("%s: %s", name, rule.path("lastError").asString(""))
				.isNotEqualTo("err");
			unknownMetrics(expression)
				.forEach((metric) -> faults.add("%s reads the unknown %s".formatted(name, metric)));
			asked.put(name + " | " + expression, () -> {
				Outcome outcome = prometheus(expression, true);
				// An alert that does not fire has nothing to say.
				return new Outcome(outcome.data() || alerting || EMPTY.listsRule(name), outcome.error());
			});
		}
		runUntilThereIsData(asked).forEach((rule, outcome) -> {
			if (!outcome.data() || !outcome.error().isEmpty()) {
				faults.add("%s: %s".formatted(rule, outcome.error().isEmpty() ? "records nothing" : outcome.error()));
			}
		});
		Report.line("%d rules run, %d of them alerts".formatted(asked.size(), alerts));
		assertThat(faults).isEmpty();
	}

	/**
	 * As a panel sends them: through Grafana, which fills in windows and steps.
	 */
	@Test
	void grafanaItselfAnswersEveryPanel() throws IOException {
		Map<String, Callable<String>> asked = new LinkedHashMap<>();
		for (JsonNode dashboard : DashboardQuery.dashboards()) {
			DashboardVariables variables = DashboardVariables.all(dashboard);
			for (JsonNode panel : dashboard.path("panels")) {
				if (!panel.path("targets").isEmpty()) {
					String name = dashboard.path("uid").asString() + ": " + panel.path("title").asString();
					asked.put(name, () -> throughGrafana(dashboard.path("uid").asString(), panel, variables));
				}
			}
		}
		Instant end = Instant.now().plus(PATIENCE);
		Map<String, String> faults = askAll(asked);
		int panels = faults.size();
		faults.values().removeIf(String::isEmpty);
		while (!faults.isEmpty() && Instant.now().isBefore(end)) {
			use();
			pause();
			asked.keySet().retainAll(faults.keySet());
			faults = askAll(asked);
			faults.values().removeIf(String::isEmpty);
		}
		Report.line("%d of %d panels answered through Grafana".formatted(panels - faults.size(), panels));
		assertThat(faults).isEmpty();
	}

	@Test
	void whatIsListedAsEmptyStillExists() throws IOException {
		List<DashboardQuery> queries = new ArrayList<>();
		DashboardQuery.dashboards().forEach((dashboard) -> queries.addAll(DashboardQuery.of(dashboard)));
		Set<String> rules = new TreeSet<>();
		Prometheus.rules().forEach((rule) -> rules.add(rule.path("name").asString()));
		assertThat(EMPTY.queries()).allSatisfy((entry) -> {
			assertThat(entry.get("why")).as("reason of %s", entry).isNotBlank();
			assertThat(rules.contains(entry.getOrDefault("rule", ""))
					|| queries.stream().anyMatch((query) -> MayBeEmpty.isOf(entry, query)))
				.as("something is listed as %s", entry)
				.isTrue();
		});
		assertThat(EMPTY.metrics()).allSatisfy((entry) -> assertThat(entry.get("why")).as("%s", entry).isNotBlank());
	}

	private static String throughGrafana(String uid, JsonNode panel, DashboardVariables variables) throws IOException {
		List<JsonNode> queries = new ArrayList<>();
		for (JsonNode target : panel.path("targets")) {
			DashboardQuery query = new DashboardQuery(uid, panel.path("title").asString(), target);
			if ("tempo".equals(query.source())) {
				Outcome outcome = tempoThroughGrafana(query, variables);
				return (outcome.error().isEmpty() && (outcome.data() || EMPTY.lists(query))) ? ""
						: "%s: no data %s".formatted(query, outcome.error());
			}
			ObjectNode sent = ((ObjectNode) target).deepCopy();
			sent.put("expr", variables.fill(query.expression()));
			sent.put("intervalMs", 15000);
			sent.put("maxDataPoints", 60);
			queries.add(sent);
		}
		HttpResponse<String> answer = Http.sendJson("POST", Stack.GRAFANA, "/api/ds/query",
				JsonMapper.shared()
					.createObjectNode()
					.put("from", "now-15m")
					.put("to", "now")
					.set("queries", JsonMapper.shared().valueToTree(queries)),
				Stack.grafanaAdmin());
		List<String> faults = new ArrayList<>();
		for (JsonNode target : panel.path("targets")) {
			DashboardQuery query = new DashboardQuery(uid, panel.path("title").asString(), target);
			JsonNode result = Http.json(answer.body()).path("results").path(query.refId());
			String error = result.path("error").asString("");
			boolean data = result.path("frames")
				.valueStream()
				.anyMatch((frame) -> !frame.path("data").path("values").path(0).isEmpty());
			if (!error.isEmpty() || result.path("status").asInt() != 200 || !data && !EMPTY.lists(query)) {
				faults.add("%s: %s".formatted(query, error.isEmpty() ? "no data" : error));
			}
		}
		return String.join("; ", faults);
	}

	/**
	 * Its queries are made in the browser, which sends them through Grafana's proxy.
	 */
	private static Outcome tempoThroughGrafana(DashboardQuery query, DashboardVariables variables) throws IOException {
		if (query.serviceMap()) {
			return prometheus(sent(query, variables), true);
		}
		HttpResponse<String> answer = Http.send("GET", Stack.GRAFANA,
				"/api/datasources/proxy/uid/tempo/api/search" + search(query, variables), "", Stack.grafanaAdmin());
		return (answer.statusCode() != 200) ? new Outcome(false, answer.body())
				: new Outcome(!Http.json(answer.body()).path("traces").isEmpty(), "");
	}

	private static Outcome run(DashboardQuery query, DashboardVariables variables) throws IOException {
		String expression = sent(query, variables);
		return switch (query.source()) {
			case "prometheus" -> prometheus(expression, query.instant());
			case "loki" -> loki(expression, query.instant());
			case "tempo" -> query.serviceMap() ? prometheus(expression, true) : tempo(query, variables);
			default -> new Outcome(false, "no such data source: " + query.source());
		};
	}

	private static String sent(DashboardQuery query, DashboardVariables variables) {
		if (query.serviceMap()) {
			return "sum by (client, server) (rate(traces_service_graph_request_total[%ds])) > 0"
				.formatted(RANGE_SECONDS);
		}
		return variables.fill(query.expression())
			.replace("$__rate_interval", "1m")
			.replace("$__auto", "1m")
			.replace("$__range", RANGE_SECONDS + "s");
	}

	private static Outcome prometheus(String expression, boolean instant) throws IOException {
		long now = Instant.now().getEpochSecond();
		return read(Http.get(Stack.PROMETHEUS,
				instant ? "/api/v1/query?query=" + Http.encoded(expression)
						: "/api/v1/query_range?step=15&start=%d&end=%d&query=%s".formatted(now - RANGE_SECONDS, now,
								Http.encoded(expression))));
	}

	private static Outcome loki(String expression, boolean instant) throws IOException {
		long now = Instant.now().getEpochSecond();
		return read(Http.get(Stack.LOKI,
				instant ? "/loki/api/v1/query?query=" + Http.encoded(expression)
						: "/loki/api/v1/query_range?limit=10&step=60&start=%d&end=%d&query=%s"
							.formatted(now - RANGE_SECONDS, now, Http.encoded(expression))));
	}

	private static Outcome tempo(DashboardQuery query, DashboardVariables variables) throws IOException {
		HttpResponse<String> answer = Http.get(Stack.NGINX, "/tempo/api/search" + search(query, variables));
		return (answer.statusCode() != 200) ? new Outcome(false, answer.body())
				: new Outcome(!Http.json(answer.body()).path("traces").isEmpty(), "");
	}

	private static String search(DashboardQuery query, DashboardVariables variables) {
		long now = Instant.now().getEpochSecond();
		return "?limit=5&start=%d&end=%d&q=%s".formatted(now - RANGE_SECONDS, now,
				Http.encoded(variables.fill(query.expression())));
	}

	private static Outcome read(HttpResponse<String> answer) {
		if (answer.statusCode() != 200) {
			return new Outcome(false, "%d %s".formatted(answer.statusCode(), answer.body()));
		}
		for (JsonNode series : Http.json(answer.body()).path("data").path("result")) {
			List<JsonNode> points = series.has("value") ? List.of(series.path("value"))
					: series.path("values").valueStream().toList();
			for (JsonNode point : points) {
				if (!"NaN".equals(point.path(1).asString())) {
					return new Outcome(true, "");
				}
			}
		}
		return new Outcome(false, "");
	}

	private static Set<String> unknownMetrics(String expression) throws IOException {
		JsonNode tree = Http.getJson(Stack.PROMETHEUS, "/api/v1/parse_query?query=" + Http.encoded(expression));
		Set<String> unknown = new TreeSet<>();
		for (JsonNode selector : tree.findParents("matchers")) {
			String name = selector.path("name").asString();
			if (!name.isEmpty() && !isKnown(name) && !EMPTY.listsMetric(name) && !EMPTY.listsRule(name)) {
				unknown.add(name);
			}
		}
		return unknown;
	}

	/**
	 * Names are asked for again when one is missing: it may have appeared meanwhile.
	 */
	private static synchronized boolean isKnown(String name) throws IOException {
		if (!known.contains(name)) {
			Http.getJson(Stack.PROMETHEUS, "/api/v1/label/__name__/values")
				.path("data")
				.forEach((metric) -> known.add(metric.asString()));
		}
		return known.contains(name);
	}

	private static <T> Map<T, Outcome> runUntilThereIsData(Map<T, Callable<Outcome>> asked) throws IOException {
		Instant end = Instant.now().plus(PATIENCE);
		Map<T, Outcome> outcomes = askAll(asked);
		while (Instant.now().isBefore(end)) {
			Map<T, Callable<Outcome>> again = new LinkedHashMap<>(asked);
			again.keySet()
				.removeIf((query) -> outcomes.get(query).data()
						|| query instanceof DashboardQuery listed && EMPTY.lists(listed));
			if (again.isEmpty()) {
				break;
			}
			use();
			pause();
			outcomes.putAll(askAll(again));
		}
		return outcomes;
	}

	private static <T, A> Map<T, A> askAll(Map<T, Callable<A>> asked) throws IOException {
		Map<T, Future<A>> running = new LinkedHashMap<>();
		asked.forEach((query, task) -> running.put(query, askers.submit(task)));
		Map<T, A> answers = new LinkedHashMap<>();
		for (Map.Entry<T, Future<A>> entry : running.entrySet()) {
			try {
				answers.put(entry.getKey(), entry.getValue().get());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException("interrupted", ex);
			}
			catch (ExecutionException ex) {
				throw new IOException(entry.getKey() + ": " + ex.getCause(), ex);
			}
		}
		return answers;
	}

	private static void pause() throws IOException {
		try {
			Thread.sleep(Duration.ofSeconds(5).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	/**
	 * Do what users do, so that there is something to draw: jobs push, somebody edits
	 * memos and looks through the one address. Again while something is missing, because
	 * a counter that is born with its first event does not rise by it.
	 */
	private static void use() throws IOException {
		for (String job : JOBS) {
			String pushed = """
					batch_job_success 1
					batch_job_last_success_timestamp_seconds %d
					batch_job_interval_seconds 3600
					batch_job_duration_seconds 12.5
					""".formatted(Instant.now().getEpochSecond());
			assertThat(Pushes.post("/metrics/job/" + job, pushed).statusCode()).isEqualTo(200);
		}
		JsonNode memo = DemoApp.create("dashboards");
		DemoApp.status(DemoApp.address(memo));
		DemoApp.status(DemoApp.address(memo) + "/summary");
		DemoApp.delete(memo);
		Http.get(Stack.NGINX, "/api/health");
		Http.get(Stack.NGINX, "/prometheus/api/v1/query?query=up");
	}

	/**
	 * What came of a query.
	 *
	 * @param data whether there was at least one number
	 * @param error what was wrong, empty if nothing was
	 */
	private record Outcome(boolean data, String error) {

	}

}
