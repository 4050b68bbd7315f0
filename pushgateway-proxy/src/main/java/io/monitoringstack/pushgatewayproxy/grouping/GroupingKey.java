package io.monitoringstack.pushgatewayproxy.grouping;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The group a push belongs to: {@code job} and the further labels of the path. The body
 * of the push cannot change these labels.
 *
 * @param labels label names and values, {@code job} among them
 */
public record GroupingKey(Map<String, String> labels) {

	public GroupingKey(Map<String, String> labels) {
		this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
	}

	public String job() {
		return this.labels.getOrDefault("job", "");
	}

}
