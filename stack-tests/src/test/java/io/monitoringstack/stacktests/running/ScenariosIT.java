package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breaks the stack in every way it has an alert for, and reads the channel: each trouble
 * is told by one message of its own alert, its consequences by none, and its end is told.
 * The rules are the shipped ones with shorter waiting times, see {@link Shortened}.
 */
@RunningStack
class ScenariosIT {

	private static final Duration TOLD = Duration.ofSeconds(90);

	private static final Duration ENDED = Duration.ofSeconds(120);

	/**
	 * Not ours to break: the machine is as busy as it is, the drill and the heartbeat
	 * come whenever they come, and earlier tests have spent of the budgets for days.
	 */
	private static final Set<String> AT_ANY_TIME = Set.of("MonitoringSelftest", "MonitoringSelftestFailing", "Watchdog",
			"OutOfMemoryKill", "DiskFilling", "SLOBudgetBurnSlow");

	private static final Path CONFIG = Stack.ROOT.resolve(".stack/scenarios");

	/**
	 * Changed as a person would change them: on a machine that others share, one service
	 * may not get four fifths of the processors, and the machine itself may well be full.
	 */
	private static final String LOCAL = """
			groups:
			  - name: local.scenarios
			    rules:
			      - record: local:threshold:host_cpu_usage:ratio
			        expr: vector(2)
			      - record: local:threshold:host_memory_usage:ratio
			        expr: vector(2)
			""";

	private static final String LOWER = """
			      - record: local:threshold:application_cpu_usage:ratio
			        expr: vector(%s)
			""";

	private final Breakage breakage = new Breakage(CONFIG.resolve("targets/probes"));

	private final Map<Scenario, Double> secondsToMessage = new LinkedHashMap<>();

	@BeforeAll
	static void shortenTheWaiting() throws IOException {
		if (!"true".equals(System.getenv("SCENARIOS"))) {
			String reason = "Skipped: scenarios, which take minutes of a quiet machine and run with ./monitoring test --scenarios.";
			Report.line(reason);
			Assumptions.abort(reason);
		}
		Stack.assumeRuns("prometheus", "alertmanager", "cadvisor", "blackbox-exporter", "nginx", "redis-exporter");
		// What a run left that was killed.
		restoreTheWaiting();
		Shortened.copy(Stack.ROOT.resolve("config"), scraped(), CONFIG);
		Files.writeString(CONFIG.resolve("rules/zz-scenarios.yml"), LOCAL + LOWER.formatted("0.95"));
		replace(Map.of("CONFIG_DIR", CONFIG.toString(), "SCRAPE_DIR", CONFIG.resolve("scrape").toString()));
	}

	@AfterAll
	static void restoreTheWaiting() throws IOException {
		if (Files.exists(CONFIG)) {
			replace(Map.of());
			deleteConfig();
		}
	}

	@Test
	void everyTroubleIsToldByItsOwnAlertAndByNoOther() throws IOException {
		Instant begin = Instant.now();
		Map<Integer, List<Scenario>> waves = Scenario.all()
			.stream()
			.collect(Collectors.groupingBy(Scenario::wave, TreeMap::new, Collectors.toList()));
		awaitQuiet("before the first");
		Report.seconds("quiet", Duration.between(begin, Instant.now()));
		try {
			for (List<Scenario> wave : waves.values()) {
				run(wave);
			}
		}
		finally {
			this.breakage.tidyUp();
			this.secondsToMessage.forEach((scenario, seconds) -> Report
				.line(String.format(Locale.ROOT, "%-16s %-24s %5.1f s", scenario.key(), scenario.alert(), seconds)));
			Report.seconds("%d scenarios".formatted(this.secondsToMessage.size()),
					Duration.between(begin, Instant.now()));
		}
	}

	private void run(List<Scenario> wave) throws IOException {
		long last = Simulator.lastId();
		Map<Scenario, Instant> begun = new LinkedHashMap<>();
		lowerCpu(wave.stream().anyMatch((scenario) -> scenario.key().equals("cpu")));
		try {
			for (Scenario scenario : wave) {
				begun.put(scenario, Instant.now());
				this.breakage.begin(scenario.key());
			}
			for (Scenario scenario : wave) {
				Simulator.Told told = await(scenario, last, false, TOLD);
				this.secondsToMessage.put(scenario,
						Duration.between(begun.get(scenario), told.receivedAt()).toMillis() / 1000.0);
			}
		}
		finally {
			for (Scenario scenario : begun.keySet()) {
				this.breakage.end(scenario.key());
			}
		}
		for (Scenario scenario : wave) {
			await(scenario, last, true, ENDED);
		}
		List<Simulator.Told> unexpected = Simulator.toldAfter(last)
			.stream()
			.filter((told) -> !AT_ANY_TIME.contains(told.alert()))
			.filter((told) -> wave.stream().noneMatch((scenario) -> scenario.isToldBy(told)))
			// Alertmanager tells the end of an alert that was hidden when its group is
			// told of another end.
			.filter((told) -> !told.resolved())
			.toList();
		assertThat(unexpected).as("alerts beside those of " + wave).isEmpty();
	}

	private static Simulator.Told await(Scenario scenario, long last, boolean resolved, Duration limit) {
		return Awaitility.await("%s of %s".formatted(resolved ? "end" : "message", scenario))
			.atMost(limit)
			.pollInterval(Duration.ofMillis(250))
			.until(() -> Simulator.toldAfter(last)
				.stream()
				.filter((told) -> told.resolved() == resolved && scenario.isToldBy(told))
				.findFirst(), (told) -> told.isPresent())
			.orElseThrow();
	}

	private static void lowerCpu(boolean lower) throws IOException {
		Files.writeString(CONFIG.resolve("rules/zz-scenarios.yml"), LOCAL + LOWER.formatted(lower ? "0.4" : "0.95"));
		Http.send("POST", Stack.PROMETHEUS, "/-/reload", "", Map.of());
	}

	private static void awaitQuiet(String when) {
		Awaitility.await("no alert " + when)
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofSeconds(1))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(ScenariosIT::isQuiet);
	}

	/**
	 * Asked of the rules: what Prometheus recorded before it was replaced stays in its
	 * series for minutes.
	 */
	private static boolean isQuiet() throws IOException {
		for (JsonNode rule : Prometheus.rules()) {
			if (rule.path("health").asString().equals("unknown")
					|| (!rule.path("alerts").isEmpty() && !AT_ANY_TIME.contains(rule.path("name").asString()))) {
				return false;
			}
		}
		return Prometheus.targets().stream().allMatch((target) -> target.path("health").asString().equals("up"));
	}

	private static void replace(Map<String, String> environment) {
		Stack.compose(environment, "up", "--detach", "--no-deps", "--no-build", "--wait", "--wait-timeout", "90",
				"prometheus", "alertmanager");
	}

	/**
	 * A smaller size of the stack, or a machine without some image, has a folder of its
	 * own.
	 */
	private static Path scraped() {
		for (JsonNode mount : Stack.container("prometheus").path("Mounts")) {
			if (mount.path("Destination").asString().equals("/etc/prometheus/scrape")) {
				return Path.of(mount.path("Source").asString());
			}
		}
		throw new IllegalStateException("Prometheus has no folder of what it scrapes");
	}

	private static void deleteConfig() throws IOException {
		if (Files.exists(CONFIG)) {
			List<Path> files = new ArrayList<>();
			try (var all = Files.walk(CONFIG)) {
				all.forEach((file) -> files.add(0, file));
			}
			for (Path file : files) {
				Files.delete(file);
			}
		}
	}

}
