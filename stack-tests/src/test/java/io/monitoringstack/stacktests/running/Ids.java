package io.monitoringstack.stacktests.running;

import java.util.UUID;

/**
 * Names that no other run has used, because a stack remembers.
 */
final class Ids {

	private Ids() {
	}

	/**
	 * Return a new name, fit for metrics, labels and alerts.
	 * @param prefix what it is for
	 * @return the name
	 */
	static String unique(String prefix) {
		return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
	}

}
