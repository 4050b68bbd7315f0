package io.monitoringstack.demoapp.chaos.effect;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.monitoringstack.demoapp.chaos.ChaosEffect;
import io.monitoringstack.demoapp.chaos.ChaosRun;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;

import org.springframework.stereotype.Component;

/**
 * Holds on to heap. The limit is the pool of long-lived objects, because that is where
 * the ballast ends up; with the serial collector it is only two thirds of the heap. What
 * is held is measured afterwards as the collector sees it, and cut down if it is more
 * than was meant. It also ends where the container or the host would run short.
 */
@Component
final class MemoryBallast implements ChaosEffect {

	private static final int MEGABYTE = 1 << 20;

	private static final int ARRAY_HEADER = 16;

	// Small, so that they fill G1's regions without gaps: large ones waste up to a
	// quarter of each.
	private static final int CHUNK = 16 << 10;

	private final List<byte[]> chunks = new ArrayList<>();

	@Override
	public ChaosSwitch chaosSwitch() {
		return ChaosSwitch.MEMORY;
	}

	@Override
	public synchronized void start(ChaosRun run) {
		// Only what survives a collection counts as taken.
		System.gc();
		long bytes = room().ballast((long) (run.parameter("megabytes") * MEGABYTE));
		for (long held = 0; held + CHUNK <= bytes; held += CHUNK) {
			if (held % MEGABYTE == 0 && SystemMemory.read().isScarce()) {
				break;
			}
			this.chunks.add(new byte[CHUNK - ARRAY_HEADER]);
		}
		// Moves the ballast to where it stays, so that metrics show it at once.
		System.gc();
		letGoOfExcess();
	}

	private void letGoOfExcess() {
		MemoryUsage usage = longLived();
		long excess = usage.getUsed() - (long) (usage.getMax() * HeapRoom.SHARE);
		int count = (int) Math.min(this.chunks.size(), Math.max(0, excess / CHUNK));
		this.chunks.subList(this.chunks.size() - count, this.chunks.size()).clear();
	}

	@Override
	public synchronized void stop() {
		this.chunks.clear();
		System.gc();
	}

	@Override
	public synchronized Map<String, Long> figures() {
		return Map.of("heldMegabytes", (long) this.chunks.size() * CHUNK / MEGABYTE);
	}

	private static HeapRoom room() {
		MemoryUsage usage = longLived();
		return new HeapRoom(usage.getMax(), usage.getUsed());
	}

	private static MemoryUsage longLived() {
		Runtime runtime = Runtime.getRuntime();
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP && isLongLived(pool.getName()))
			.map(MemoryPoolMXBean::getUsage)
			.filter((usage) -> usage.getMax() > 0)
			.findFirst()
			.orElseGet(() -> new MemoryUsage(0, runtime.totalMemory() - runtime.freeMemory(), runtime.totalMemory(),
					runtime.maxMemory()));
	}

	private static boolean isLongLived(String pool) {
		return pool.endsWith("Old Gen") || pool.endsWith("Tenured Gen");
	}

}
