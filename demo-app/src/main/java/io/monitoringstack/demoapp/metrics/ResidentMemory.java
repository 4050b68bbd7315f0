package io.monitoringstack.demoapp.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.stereotype.Component;

/**
 * {@code process_resident_memory_bytes}, which Micrometer does not have: the memory that
 * counts against a container's limit. Read from Linux's {@code /proc}; elsewhere there is
 * no number.
 */
@Component
final class ResidentMemory implements MeterBinder {

	private static final Path STATUS = Path.of("/proc/self/status");

	@Override
	public void bindTo(MeterRegistry registry) {
		if (Files.isReadable(STATUS)) {
			Gauge.builder("process.resident.memory", ResidentMemory::read)
				.description("Memory of this process that is in RAM")
				.baseUnit("bytes")
				.register(registry);
		}
	}

	private static double read() {
		try {
			return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToDouble((line) -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(Double.NaN);
		}
		catch (IOException ex) {
			return Double.NaN;
		}
	}

}
