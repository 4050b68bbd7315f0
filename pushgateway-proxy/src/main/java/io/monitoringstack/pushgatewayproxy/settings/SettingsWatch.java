package io.monitoringstack.pushgatewayproxy.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at settings files every two seconds, on a thread of its own: no notice of a
 * change is to be had for files that containers mount.
 */
public final class SettingsWatch {

	private static final Logger logger = LoggerFactory.getLogger(SettingsWatch.class);

	private static final Duration PERIOD = Duration.ofSeconds(2);

	private final Map<String, WatchedSettings<?>> files = new LinkedHashMap<>();

	private @Nullable ScheduledExecutorService thread;

	/**
	 * Creates the watch.
	 * @param files files by their name in metrics
	 * @param registry takes their state
	 */
	public SettingsWatch(Map<String, WatchedSettings<?>> files, MeterRegistry registry) {
		files.forEach((name, settings) -> {
			if (settings.isFile()) {
				this.files.put(name, settings);
			}
			Gauge.builder("pushgateway.proxy.settings.ok", settings, (file) -> file.isInOrder() ? 1 : 0)
				.description("Whether the settings file as it is now is in force")
				.tag("file", name)
				.register(registry);
			Gauge.builder("pushgateway.proxy.settings.faulty.line", settings, WatchedSettings::faultyLine)
				.description("Line of the settings file that is not in order, 0 if none is to blame")
				.tag("file", name)
				.register(registry);
		});
	}

	/**
	 * Begins to look.
	 */
	public void start() {
		if (this.files.isEmpty()) {
			return;
		}
		this.thread = Executors.newSingleThreadScheduledExecutor((work) -> {
			Thread made = new Thread(work, "settings");
			made.setDaemon(true);
			return made;
		});
		this.thread.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends to look.
	 */
	public void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
		}
	}

	private void look() {
		this.files.forEach((name, settings) -> {
			try {
				settings.look();
			}
			catch (RuntimeException ex) {
				logger.error("the file of {} could not be looked at", name, ex);
			}
		});
	}

}
