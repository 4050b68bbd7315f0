package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes a trouble, and ends it.
 */
final class Breakage {

	private static final Set<String> SWITCHES = Set.of("errors", "latency", "cpu", "memory", "database");

	private static final Map<String, String> STRENGTH = Map.of("errors", "?rate=1", "latency", "?millis=2500", "cpu",
			"?percent=100");

	/**
	 * Else Alertmanager would remember what it told of the last run.
	 */
	private final String run = Ids.unique("");

	private final Path probes;

	/**
	 * Create one for a stack.
	 * @param probes folder in which Prometheus looks for further addresses to probe
	 */
	Breakage(Path probes) {
		this.probes = probes;
	}

	void begin(String key) throws IOException {
		switch (key) {
			case "batch-failed" -> pushed("scenario_failed", "batch_job_success 0\n");
			// Ten seconds, and as many of grace, a tenth of the minute that is the least.
			case "batch-overdue" -> pushed("scenario_overdue", "batch_job_interval_seconds 10\nbatch_job_success 1\n");
			case "push-rejected" -> {
				pushed("scenario_other", "# TYPE scenario_metric gauge\nscenario_metric 1\n");
				pushed("scenario_rejected", "scenario_fine 1\n");
				HttpResponse<String> refused = Pushes.put(group("scenario_rejected"),
						"# TYPE scenario_metric counter\nscenario_metric 1\n");
				assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
			}
			case "probe" ->
				Files.writeString(this.probes.resolve("scenario.yml"), "- targets: [\"http://redis-exporter:1/\"]\n");
			default -> {
				if (SWITCHES.contains(key)) {
					HttpResponse<String> answer = Http.send("POST", Stack.DEMO_APP,
							"/chaos/" + key + STRENGTH.getOrDefault(key, ""), "", Map.of());
					assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
				}
				else {
					Stack.compose("stop", "--timeout", "3", key);
				}
			}
		}
	}

	void end(String key) throws IOException {
		switch (key) {
			case "batch-failed" -> pushed("scenario_failed", "batch_job_success 1\n");
			case "batch-overdue" -> pushed("scenario_overdue", "batch_job_interval_seconds 3600\n");
			case "push-rejected" -> pushed("scenario_rejected", "scenario_fine 2\n");
			case "probe" -> Files.deleteIfExists(this.probes.resolve("scenario.yml"));
			default -> {
				if (SWITCHES.contains(key)) {
					Http.send("DELETE", Stack.DEMO_APP, "/chaos/" + key, "", Map.of());
				}
				else {
					Stack.compose("start", key);
				}
			}
		}
	}

	/**
	 * What was pushed goes as well, once nothing is told of it any more.
	 */
	void tidyUp() throws IOException {
		for (String job : Set.of("scenario_failed", "scenario_overdue", "scenario_rejected", "scenario_other")) {
			Pushes.delete(group(job));
		}
	}

	private String group(String job) {
		return "/metrics/job/" + job + this.run;
	}

	private void pushed(String job, String body) throws IOException {
		HttpResponse<String> answer = Pushes.post(group(job), body);
		assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
	}

}
