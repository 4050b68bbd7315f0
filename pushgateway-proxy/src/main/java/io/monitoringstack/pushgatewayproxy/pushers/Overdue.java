package io.monitoringstack.pushgatewayproxy.pushers;

/**
 * How long a group that is pushed to as by a clock has been silent.
 *
 * @param silentSeconds time since its last push that succeeded
 * @param usualSeconds median of its last intervals
 */
record Overdue(double silentSeconds, double usualSeconds) {

	double ratio() {
		return this.silentSeconds / this.usualSeconds;
	}

	static Overdue later(Overdue one, Overdue other) {
		return (one.ratio() >= other.ratio()) ? one : other;
	}

}
