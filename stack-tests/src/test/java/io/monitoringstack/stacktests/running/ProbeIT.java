package io.monitoringstack.stacktests.running;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The self-test as a probe: its figures are in Prometheus while it runs, and gone when it
 * is ended.
 */
@RunningStack
class ProbeIT {

	private static final String JOB = "{job=\"monitoring_selftest_probe\"}";

	@Test
	void publishesEachHopAndTakesItsMetricsAlongWhenItIsEnded() throws Exception {
		Process probe = new ProcessBuilder("./monitoring", "selftest", "--every", "1h").directory(Stack.ROOT.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")))
			.start();
		try {
			Awaitility.await("a run that ended well")
				.atMost(Duration.ofMinutes(2))
				.pollInterval(Duration.ofSeconds(1))
				// The interval tells this probe from one that has just ended.
				.until(() -> Prometheus.value("monitoring_selftest_interval_seconds" + JOB).orElse(0) == 3600
						&& Prometheus.value("monitoring_selftest_success" + JOB).orElse(0) == 1);
			List<Prometheus.Sample> hops = Prometheus.query("monitoring_selftest_hop_seconds" + JOB);
			assertThat(hops).extracting((hop) -> hop.labels().get("hop"))
				.contains("push accepted by the proxy", "series in Prometheus", "rule fires", "alert in Alertmanager",
						"message in the channel", "resolved message in the channel");
			assertThat(hops).allSatisfy((hop) -> assertThat(hop.value()).isBetween(0.0, 60.0));
			double way = Prometheus.value("monitoring_selftest_way_seconds" + JOB).orElseThrow();
			assertThat(way).isBetween(0.1, 60.0);
			assertThat(
					Prometheus.value("time() - monitoring_selftest_last_success_timestamp_seconds" + JOB).orElseThrow())
				.isBetween(0.0, 120.0);
			assertThat(groups()).isNotEmpty();
		}
		finally {
			// As Ctrl-C, or systemd, would end it.
			probe.destroy();
			assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(groups()).isEmpty();
	}

	@Test
	void runsAsOftenAsItIsToldAndEndsWithTheirResult() throws IOException {
		Shell.Result result = Stack.monitoring("selftest", "--every", "1s", "--times", "2");
		assertThat(result.exitCode()).as(result.toString()).isZero();
		assertThat(result.out().lines().filter((line) -> line.contains(" ok, push to message in "))).hasSize(2);
		assertThat(groups()).isEmpty();
	}

	private static List<String> groups() throws IOException {
		return Pushes.groups().stream().filter((labels) -> labels.contains("monitoring_selftest_probe")).toList();
	}

}
