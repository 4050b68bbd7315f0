package io.monitoringstack.demoapp.chaos.effect;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.monitoringstack.demoapp.chaos.ChaosRun;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CpuBurnerTests {

	private final CpuBurner burner = new CpuBurner();

	@Test
	void usesProcessorTimeWhileItIsOnAndNoThreadAfterwards() {
		Instant now = Instant.now();
		this.burner.start(new ChaosRun(Map.of("threads", 1.0, "percent", 100.0), now, now.plusSeconds(60)));
		try {
			assertThat(this.burner.figures()).containsEntry("threads", 1L);
			await().atMost(Duration.ofSeconds(20)).until(() -> burnt() > Duration.ofMillis(300).toNanos());
		}
		finally {
			this.burner.stop();
		}
		await().atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("chaos-cpu-")));
	}

	private static long burnt() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("chaos-cpu-"))
			.mapToLong((thread) -> threads.getThreadCpuTime(thread.getId()))
			.sum();
	}

}
