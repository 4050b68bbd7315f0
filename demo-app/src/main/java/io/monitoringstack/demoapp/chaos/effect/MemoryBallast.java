package io.monitoringstack.demoapp.chaos.effect;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.monitoringstack.demoapp.chaos.ChaosEffect;
import io.monitoringstack.demoapp.chaos.ChaosRun;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Holds on to heap. The limit is the pool of long-lived objects, because that is where
 * the ballast ends up; with the serial collector it is only two thirds of the heap. What
 * is held is measured as the collector sees it for as long as it is held, and cut down
 * where the service itself needs more. It also ends where the container or the host would
 * run short.
 */
@Component
final class MemoryBallast implements ChaosEffect {

	private static final int MEGABYTE = 1 << 20;

	// What nobody asked for in figures shall not bother the laptop whose quarter is this
	// heap.
	private static final long UNASKED = 512L << 20;

	private static final int ROUNDS = 3;

	private static final int ARRAY_HEADER = 16;

	// Small, so that they fill G1's regions without gaps: large ones waste up to a
	// quarter of each.
	private static final int CHUNK = 16 << 10;

	private static final double TOO_FULL = 0.92;

	private final List<byte[]> chunks = new ArrayList<>();

	private @Nullable Thread watcher;

	@Override
	public ChaosSwitch chaosSwitch() {
		return ChaosSwitch.MEMORY;
	}

	@Override
	public synchronized void start(ChaosRun run) {
		long asked = (long) (run.parameter("megabytes") * MEGABYTE);
		long wanted = (asked > 0) ? asked : UNASKED;
		// Each collection finds garbage that was counted as alive before, so one round
		// leaves room.
		for (int round = 0; round < ROUNDS; round++) {
			System.gc();
			hold(room().ballast(wanted - held()));
		}
		// Moves the ballast to where it stays, so that metrics show it at once.
		System.gc();
		letGoOfExcess();
		watch();
	}

	// The service goes on living beside the ballast, and what it needs may grow.
	private void watch() {
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					TimeUnit.SECONDS.sleep(1);
					relieve();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "chaos-memory");
		thread.setDaemon(true);
		thread.start();
		this.watcher = thread;
	}

	private synchronized void relieve() {
		MemoryUsage usage = longLived(MemoryPoolMXBean::getCollectionUsage);
		if (!this.chunks.isEmpty() && usage.getUsed() > usage.getMax() * TOO_FULL) {
			System.gc();
			letGoOfExcess();
			System.gc();
		}
	}

	private void hold(long bytes) {
		for (long held = 0; held + CHUNK <= bytes; held += CHUNK) {
			if (held % MEGABYTE == 0 && SystemMemory.read().isScarce()) {
				return;
			}
			this.chunks.add(new byte[CHUNK - ARRAY_HEADER]);
		}
	}

	private long held() {
		return (long) this.chunks.size() * CHUNK;
	}

	private void letGoOfExcess() {
		MemoryUsage usage = longLived(MemoryPoolMXBean::getUsage);
		long excess = usage.getUsed() - (long) (usage.getMax() * HeapRoom.SHARE);
		int count = (int) Math.min(this.chunks.size(), Math.max(0, excess / CHUNK));
		this.chunks.subList(this.chunks.size() - count, this.chunks.size()).clear();
	}

	@Override
	public synchronized void stop() {
		if (this.watcher != null) {
			this.watcher.interrupt();
		}
		this.chunks.clear();
		System.gc();
	}

	@Override
	public synchronized Map<String, Long> figures() {
		return Map.of("heldMegabytes", held() / MEGABYTE);
	}

	private static HeapRoom room() {
		MemoryUsage usage = longLived(MemoryPoolMXBean::getUsage);
		return new HeapRoom(usage.getMax(), usage.getUsed());
	}

	private static MemoryUsage longLived(Function<MemoryPoolMXBean, @Nullable MemoryUsage> reading) {
		Runtime runtime = Runtime.getRuntime();
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP && isLongLived(pool.getName()))
			.map(reading)
			.filter((usage) -> usage != null && usage.getMax() > 0)
			.findFirst()
			.orElseGet(() -> new MemoryUsage(0, runtime.totalMemory() - runtime.freeMemory(), runtime.totalMemory(),
					runtime.maxMemory()));
	}

	private static boolean isLongLived(String pool) {
		return pool.endsWith("Old Gen") || pool.endsWith("Tenured Gen");
	}

}
