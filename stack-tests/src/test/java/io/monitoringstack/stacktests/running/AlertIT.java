package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From an alert to the message in its channel.
 */
@RunningStack
class AlertIT {

	private static final Duration PROMISED = Duration.ofSeconds(20);

	@ConcurrentTest
	void tellsOfAFailedBatchJobWithinTwentySecondsAndOfItsRecovery() throws IOException {
		String job = Ids.unique("it_nightly");
		String group = "/metrics/job/" + job + "/instance/host-1";
		try {
			Instant pushed = Instant.now();
			assertThat(Pushes.put(group, "batch_job_success 0\n").statusCode()).isIn(200, 202);
			Simulator.Received failure = Simulator.awaitAccepted(job, PROMISED);
			Report.seconds("push to message", Duration.between(pushed, Instant.now()));
			assertThat(failure.hook()).isEqualTo("critical");
			assertThat(failure.text()).contains("심각").contains("BatchJobFailed");
			assertThat(failure.body()).contains("배치 작업 " + job + " 실패").contains("host-1");

			Instant mended = Instant.now();
			assertThat(Pushes.put(group, "batch_job_success 1\n").statusCode()).isIn(200, 202);
			Simulator.Received recovery = Simulator.awaitAccepted(job, 2, Duration.ofSeconds(60));
			Report.seconds("push of the recovery to message", Duration.between(mended, Instant.now()));
			assertThat(recovery.hook()).isEqualTo("critical");
			assertThat(recovery.text()).contains("해결");
			assertThat(Simulator.mentioning(job)).as("messages in all channels").hasSize(2);
		}
		finally {
			// The last value that is seen must not be a failure: it would be remembered.
			Pushes.put(group, "batch_job_success 1\n");
			Prometheus.awaitNone("ALERTS{alertstate=\"firing\",job=\"" + job + "\"}");
			Pushes.delete(group);
		}
	}

	@ConcurrentTest
	void sendsAWarningToTheWarningChannelOnly() throws IOException {
		String name = Ids.unique("ItWarning");
		Alertmanager.raise(name, Map.of("severity", "warning"));
		try {
			// Half a minute of that is the grouping of warnings.
			Simulator.Received message = Simulator.awaitAccepted(name, Duration.ofSeconds(60));
			assertThat(message.hook()).isEqualTo("warning");
			assertThat(message.text()).contains("경고");
			assertThat(message.body()).contains(name + " 시험");
			assertThat(Simulator.mentioning(name)).extracting(Simulator.Received::hook).containsOnly("warning");
		}
		finally {
			Alertmanager.end(name, Map.of("severity", "warning"));
		}
	}

	@ParameterizedTest
	@MethodSource
	void deliversOnceAfterDoorayMisbehaved(Map<String, Object> behaviour, String outcome) throws IOException {
		String name = Ids.unique("ItTrouble");
		// The channel of the self-test, so that the other tests do not meet the fault.
		Map<String, String> labels = Map.of("severity", "critical", "selftest", "true", "selftest_id", name);
		Simulator.misbehave("selftest", behaviour);
		Instant raised = Instant.now();
		Alertmanager.raise(name, labels);
		try {
			Simulator.awaitAccepted(name, Duration.ofSeconds(60));
			Report.seconds("alert to message after '%s'".formatted(outcome), Duration.between(raised, Instant.now()));
			assertThat(Simulator.mentioning(name)).as("the fault was met")
				.anyMatch((message) -> message.outcome().equals(outcome));
			Awaitility.await("no second message")
				.during(Duration.ofSeconds(3))
				.atMost(Duration.ofSeconds(5))
				.pollInterval(Duration.ofMillis(500))
				.until(() -> Simulator.accepted(name).size() == 1);
		}
		finally {
			Simulator.behave("selftest");
			Alertmanager.end(name, labels);
			// Else the message of its end would meet the fault that is meant for the next
			// one.
			Simulator.awaitAccepted(name, 2, Duration.ofSeconds(30));
		}
	}

	static Stream<Arguments> deliversOnceAfterDoorayMisbehaved() {
		return Stream.of(Arguments.of(Map.of("mode", "status", "status", 503, "times", 3), "status"),
				Arguments.of(Map.of("mode", "status", "status", 429, "retryAfterSeconds", 1, "times", 1), "status"),
				Arguments.of(Map.of("mode", "not-successful", "times", 1), "not-successful"),
				Arguments.of(Map.of("mode", "reset", "times", 2), "reset"),
				Arguments.of(Map.of("mode", "hang", "times", 1), "hang"));
	}

}
