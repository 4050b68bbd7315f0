package io.monitoringstack.demoapp.health;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * State of one part.
 *
 * @param status {@code healthy} or {@code unhealthy}
 * @param message a sentence for people, free of addresses and names
 */
record Check(String status, String message) {

	static final String HEALTHY = "healthy";

	static final String UNHEALTHY = "unhealthy";

	static Check healthy(String message) {
		return new Check(HEALTHY, message);
	}

	static Check unhealthy(String message) {
		return new Check(UNHEALTHY, message);
	}

	@JsonIgnore
	boolean isHealthy() {
		return HEALTHY.equals(this.status);
	}

}
