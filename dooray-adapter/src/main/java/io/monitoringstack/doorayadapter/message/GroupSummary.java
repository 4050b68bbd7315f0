package io.monitoringstack.doorayadapter.message;

import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Severity;

/**
 * What a message that tells of several groups needs to know of each.
 *
 * @param id short hash of the group's key
 * @param severity how bad it is, as in the headline
 * @param firing number of firing alerts of each severity
 * @param resolved number of resolved alerts
 * @param names number of alerts of each name, the most frequent only
 * @param targets number of alerts of each target, among those whose details are known
 * @param card the group as one attachment
 * @param mention whom it calls by name, empty when nobody
 */
public record GroupSummary(String id, Severity severity, Map<Severity, Integer> firing, int resolved,
		Map<String, Integer> names, Map<String, Integer> targets, DoorayAttachment card, String mention) {

	// Returns the name that most alerts have.
	public String name() {
		return this.names.keySet().stream().findFirst().orElse("");
	}

}
