package io.monitoringstack.doorayadapter.alert;

/**
 * Why Alertmanager sent the message; known since Alertmanager 0.32.
 */
public enum NotificationReason {

	/** The group was not told before. */
	FIRST("first notification"),

	/** The group grew. */
	ADDED("new alerts added"),

	/** The group shrank. */
	SOME_RESOLVED("some alerts resolved"),

	/** Nothing of the group fires any more. */
	ALL_RESOLVED("all alerts resolved"),

	/** Nothing changed for the repeat interval. */
	REPEAT("repeat interval elapsed"),

	/** The sender does not say. */
	UNKNOWN("");

	private final String word;

	NotificationReason(String word) {
		this.word = word;
	}

	public static NotificationReason of(String word) {
		for (NotificationReason reason : values()) {
			if (reason.word.equals(word)) {
				return reason;
			}
		}
		return UNKNOWN;
	}

}
