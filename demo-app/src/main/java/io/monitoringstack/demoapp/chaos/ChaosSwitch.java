package io.monitoringstack.demoapp.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A way to break the service, and the alert that shows it.
 */
public enum ChaosSwitch {

	/**
	 * API requests fail with 500.
	 */
	ERRORS("HighErrorRate", new ChaosParameter("rate", 0, 1, 0.5)),

	/**
	 * API requests take longer.
	 */
	LATENCY("HighResponseTime", new ChaosParameter("millis", 1, 30_000, 3_000)),

	/**
	 * Threads keep the processor busy.
	 */
	CPU("ApplicationHighCPU", new ChaosParameter("threads", 1, processors(), processors()),
			new ChaosParameter("percent", 1, 100, 95)),

	/**
	 * The heap fills up, but never beyond what the service needs to go on. 0 megabytes
	 * stands for as much as that allows, up to 512.
	 */
	MEMORY("ApplicationHighMemory", new ChaosParameter("megabytes", 0, 1_048_576, 0)),

	/**
	 * The database cannot be reached.
	 */
	DATABASE("HighErrorRate");

	private final String alert;

	private final List<ChaosParameter> parameters;

	ChaosSwitch(String alert, ChaosParameter... parameters) {
		this.alert = alert;
		this.parameters = List.of(parameters);
	}

	/**
	 * Returns the name used in addresses and labels.
	 * @return the lower-case name
	 */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the alert that fires when this switch is on for long enough.
	 * @return the alert's name
	 */
	public String alert() {
		return this.alert;
	}

	public List<ChaosParameter> parameters() {
		return this.parameters;
	}

	public static Optional<ChaosSwitch> of(String key) {
		return Arrays.stream(values()).filter((candidate) -> candidate.key().equals(key)).findFirst();
	}

	private static int processors() {
		return Runtime.getRuntime().availableProcessors();
	}

}
