package io.monitoringstack.doorayadapter.message;

import java.util.Map;

/**
 * What was found out about single alerts, by fingerprint.
 *
 * @param flaps changes of state within the last hour, of those alerts only that change
 * often
 * @param trends the last hour drawn in one line, for as many alerts as it is known of
 */
public record Findings(Map<String, Integer> flaps, Map<String, String> trends) {

	/** Nothing was found. */
	public static final Findings NONE = new Findings(Map.of(), Map.of());

	public Findings {
		flaps = Map.copyOf(flaps);
		trends = Map.copyOf(trends);
	}

}
