package io.monitoringstack.pushgatewayproxy.grouping;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The group a push belongs to: {@code job} and the further labels of the path. The body
 * of the push cannot change these labels.
 */
public final class GroupingKey {

	private final Map<String, String> labels;

	/** Kept, because each push looks its group up in half a dozen maps. */
	private final int hash;

	/**
	 * Creates a key.
	 * @param labels label names and values, {@code job} among them
	 */
	public GroupingKey(Map<String, String> labels) {
		this.labels = Collections.unmodifiableMap(new TreeMap<>(labels));
		this.hash = this.labels.hashCode();
	}

	public Map<String, String> labels() {
		return this.labels;
	}

	public String job() {
		return this.labels.getOrDefault("job", "");
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof GroupingKey key
				&& (this == key || this.hash == key.hash && this.labels.equals(key.labels));
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		return this.labels.toString();
	}

}
