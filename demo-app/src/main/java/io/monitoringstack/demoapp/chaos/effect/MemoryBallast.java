package io.monitoringstack.demoapp.chaos.effect;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.monitoringstack.demoapp.chaos.ChaosEffect;
import io.monitoringstack.demoapp.chaos.ChaosRun;
import io.monitoringstack.demoapp.chaos.ChaosSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Holds on to heap. The limit is the pool of long-lived objects, because that is where
 * the ballast ends up; with the serial collector it is only two thirds of the heap.
 */
@Component
final class MemoryBallast implements ChaosEffect {

	private static final Logger logger = LoggerFactory.getLogger(MemoryBallast.class);

	// Smaller than half a G1 region, or each chunk would take whole regions of its own.
	private static final int CHUNK = 256 << 10;

	private static final int MEGABYTE = 1 << 20;

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
		try {
			for (long held = CHUNK; held <= bytes; held += CHUNK) {
				this.chunks.add(new byte[CHUNK]);
			}
		}
		catch (OutOfMemoryError ex) {
			this.chunks.subList(this.chunks.size() / 2, this.chunks.size()).clear();
			logger.warn("Heap was fuller than thought; half of the ballast was let go");
		}
		// Moves the ballast to where it stays, so that metrics show it at once.
		System.gc();
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
		Runtime runtime = Runtime.getRuntime();
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP && isLongLived(pool.getName()))
			.filter((pool) -> pool.getUsage().getMax() > 0)
			.findFirst()
			.map(MemoryPoolMXBean::getUsage)
			.map((usage) -> new HeapRoom(usage.getMax(), usage.getUsed()))
			.orElseGet(() -> new HeapRoom(runtime.maxMemory(), runtime.totalMemory() - runtime.freeMemory()));
	}

	private static boolean isLongLived(String pool) {
		return pool.endsWith("Old Gen") || pool.endsWith("Tenured Gen");
	}

}
