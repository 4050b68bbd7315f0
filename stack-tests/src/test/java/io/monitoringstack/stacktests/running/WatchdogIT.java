package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whichever part of the way of an alert dies, somebody says so in the channel, and says
 * when it is back.
 */
@RunningStack
class WatchdogIT {

	private static final String LOST = "감시 신호 끊김";

	private static final String BACK = "감시 신호 복구";

	/**
	 * With the limit that people have, this would take half an hour.
	 */
	private static final Duration MOST = Duration.ofSeconds(60);

	private static Duration limit = MOST;

	@BeforeAll
	static void readLimit() {
		String setting = Stack.setting("WATCHER_LIMIT", "3m");
		boolean seconds = setting.matches("\\d+s");
		limit = seconds ? Duration.parse("PT" + setting) : Duration.ofMinutes(3);
		if (limit.compareTo(MOST) > 0) {
			String reason = "Skipped: the watcher of this stack waits %s; the stack of ./monitoring test does not."
				.formatted(setting);
			Report.line(reason);
			Assumptions.abort(reason);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "dooray-adapter", "alertmanager", "prometheus" })
	void saysThatTheHeartbeatStoppedAndThatItIsBack(String service) throws IOException {
		awaitCalm();
		int lost = Simulator.accepted(LOST).size();
		int back = Simulator.accepted(BACK).size();
		Instant stopped = Instant.now();
		Stack.compose("stop", "--timeout", "3", service);
		Simulator.Received message;
		try {
			// What was on its way may still have arrived; the watcher looks every second.
			message = Simulator.awaitAccepted(LOST, lost + 1, limit.plusSeconds(15));
			Report.seconds("from the end of %s to the message".formatted(service),
					Duration.between(stopped, Instant.now()));
			assertThat(message.hook()).isEqualTo(Stack.setting("WATCHER_CHANNEL", "critical"));
			assertThat(message.text()).startsWith("[심각]");
			assertThat(message.body()).contains("마지막 신호: ", "./monitoring status", "docs/runbooks/Watchdog.md");
		}
		finally {
			Stack.compose("start", service);
		}
		Instant started = Instant.now();
		Simulator.Received returned = Simulator.awaitAccepted(BACK, back + 1, Duration.ofSeconds(120));
		Report.seconds("from the start of %s to the message".formatted(service),
				Duration.between(started, Instant.now()));
		assertThat(returned.hook()).isEqualTo(message.hook());
		Stack.awaitHealthy(service);
		assertThat(Simulator.accepted("Watchdog")).as("the heartbeat itself is no message")
			.allMatch((one) -> one.text().contains("감시 신호"));
	}

	/**
	 * Tests before this one may have stopped parts for longer than the limit.
	 */
	private static void awaitCalm() {
		Awaitility.await("heartbeats")
			.atMost(Duration.ofSeconds(120))
			.pollInterval(Duration.ofSeconds(1))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> {
				List<Prometheus.Sample> fresh = Prometheus
					.query("watcher_silent == 0 and on () time() - watcher_last_heartbeat_timestamp_seconds < "
							+ limit.toSeconds());
				List<Simulator.Received> told = Simulator.accepted("감시 신호");
				return !fresh.isEmpty() && (told.isEmpty() || told.get(0).text().contains(BACK));
			});
	}

}
