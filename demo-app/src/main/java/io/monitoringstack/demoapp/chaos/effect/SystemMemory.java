package io.monitoringstack.demoapp.chaos.effect;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/**
 * Memory around the process: that of its container, or of the host where there is no
 * limit.
 *
 * @param total all there is, in bytes
 * @param available what can still be taken, in bytes
 */
record SystemMemory(long total, long available) {

	private static final Path MEMINFO = Path.of("/proc/meminfo");

	private static final double KEPT_SHARE = 0.15;

	private static final long KEPT_AT_MOST = 512L << 20;

	/**
	 * Returns whether taking more could get a process killed.
	 * @return whether less is available than is to be kept free
	 */
	boolean isScarce() {
		return this.available < Math.min((long) (this.total * KEPT_SHARE), KEPT_AT_MOST);
	}

	static SystemMemory read() {
		if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
			return new SystemMemory(1, 0);
		}
		long total = system.getTotalMemorySize();
		// The JVM knows a container's limit; of a host it only knows what is not even
		// used for caching.
		return (total < meminfo("MemTotal:", total)) ? new SystemMemory(total, system.getFreeMemorySize())
				: new SystemMemory(total, meminfo("MemAvailable:", system.getFreeMemorySize()));
	}

	private static long meminfo(String key, long otherwise) {
		try {
			return Files.readAllLines(MEMINFO)
				.stream()
				.filter((line) -> line.startsWith(key))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(otherwise);
		}
		catch (IOException ex) {
			return otherwise;
		}
	}

}
