package io.monitoringstack.doorayadapter.alert;

/**
 * State of an alert.
 */
public enum AlertStatus {

	/** The condition holds. */
	FIRING,

	/** The condition held and no longer does. */
	RESOLVED;

	// Reads the word of the wire. What is neither word counts as firing, because showing
	// a
	// problem that is over does less harm than hiding one that is not.
	public static AlertStatus of(String word) {
		return "resolved".equalsIgnoreCase(word.strip()) ? RESOLVED : FIRING;
	}

}
