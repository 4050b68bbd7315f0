package io.monitoringstack.demoapp.health;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * Answer to a health question.
 *
 * @param status {@code healthy} when every check is, else {@code unhealthy}
 * @param timestamp when it was given, in seconds since 1970 with a decimal point
 * @param checks the parts that were looked at
 */
record HealthReport(String status, BigDecimal timestamp, Map<String, Check> checks) {

	static HealthReport of(Instant now, Map<String, Check> checks) {
		boolean healthy = checks.values().stream().allMatch(Check::isHealthy);
		return new HealthReport(healthy ? Check.HEALTHY : Check.UNHEALTHY, seconds(now), checks);
	}

	// A double would be written as 1.7064E9, a decimal without a fraction without its
	// point.
	private static BigDecimal seconds(Instant instant) {
		BigDecimal seconds = BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros();
		return (seconds.scale() < 1) ? seconds.setScale(1) : seconds;
	}

	boolean healthy() {
		return Check.HEALTHY.equals(this.status);
	}

}
