package io.monitoringstack.demoapp.chaos;

import java.time.Instant;
import java.util.Map;

/**
 * A switch that is on.
 *
 * @param parameters value of each of its parameters
 * @param since when it was switched on
 * @param until when it ends by itself
 */
public record ChaosRun(Map<String, Double> parameters, Instant since, Instant until) {

	/**
	 * Returns the value of a parameter.
	 * @param name a parameter of the switch
	 * @return its value
	 */
	public double parameter(String name) {
		Double value = this.parameters.get(name);
		if (value == null) {
			throw new IllegalArgumentException("No parameter " + name);
		}
		return value;
	}

}
