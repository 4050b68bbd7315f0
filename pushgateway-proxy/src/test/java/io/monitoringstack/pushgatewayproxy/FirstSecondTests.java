package io.monitoringstack.pushgatewayproxy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class FirstSecondTests {

	@Test
	@Timeout(120)
	void pushesThatComeAsSoonAsThePortOpensSucceedOrAreToldToComeBack() throws Exception {
		int port = RealPushgateway.freePort();
		AtomicBoolean started = new AtomicBoolean();
		List<Integer> statuses = new ArrayList<>();
		try (FakePushgateway upstream = FakePushgateway.start()) {
			CompletableFuture<Void> pushing = CompletableFuture.runAsync(() -> pushUntil(started, port, statuses));
			ConfigurableApplicationContext proxy = SpringApplication.run(PushgatewayProxyApplication.class,
					"--server.port=" + port, "--management.server.port=0", "--push.check=upstream",
					"--pushgateway.url=http://localhost:" + upstream.port());
			started.set(true);
			try {
				pushing.get();
			}
			finally {
				proxy.close();
			}
		}
		assertThat(statuses).isNotEmpty().containsOnly(200);
	}

	/**
	 * Pushes all the time, and goes on a little when the start is over. Only a refused
	 * connection is no answer.
	 */
	private static void pushUntil(AtomicBoolean started, int port, List<Integer> statuses) {
		int after = 0;
		while (after < 20) {
			after += started.get() ? 1 : 0;
			try {
				statuses.add(
						RawHttp
							.exchange(port, "PUT /metrics/job/early HTTP/1.1\nHost: x\nContent-Length: 4\n",
									"x 1\n".getBytes(StandardCharsets.UTF_8))
							.status());
			}
			catch (ConnectException ex) {
				pause();
			}
			catch (IOException ex) {
				statuses.add(0);
			}
		}
	}

	private static void pause() {
		try {
			Thread.sleep(Duration.ofMillis(5).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
