package io.monitoringstack.demoapp.chaos.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.demoapp.chaos.ChaosEffect;
import io.monitoringstack.demoapp.chaos.ChaosRun;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;

import org.springframework.stereotype.Component;

/**
 * Keeps processors busy for a part of every tenth of a second, with at most one thread
 * per processor, so that requests are still served in between.
 */
@Component
final class CpuBurner implements ChaosEffect {

	private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

	private final List<Thread> threads = new ArrayList<>();

	@Override
	public ChaosSwitch chaosSwitch() {
		return ChaosSwitch.CPU;
	}

	@Override
	public synchronized void start(ChaosRun run) {
		long busy = (long) (SLICE * run.parameter("percent") / 100);
		for (int number = 1; number <= (int) run.parameter("threads"); number++) {
			Thread thread = new Thread(() -> burn(busy), "chaos-cpu-" + number);
			thread.setDaemon(true);
			thread.start();
			this.threads.add(thread);
		}
	}

	@Override
	public synchronized void stop() {
		this.threads.forEach(Thread::interrupt);
		this.threads.clear();
	}

	@Override
	public synchronized Map<String, Long> figures() {
		return Map.of("threads", this.threads.stream().filter(Thread::isAlive).count());
	}

	private static void burn(long busy) {
		while (!Thread.currentThread().isInterrupted()) {
			long start = System.nanoTime();
			while (System.nanoTime() - start < busy) {
				if (Thread.currentThread().isInterrupted()) {
					return;
				}
			}
			try {
				TimeUnit.NANOSECONDS.sleep(SLICE - busy);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

}
