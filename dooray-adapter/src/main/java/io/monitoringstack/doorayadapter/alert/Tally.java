package io.monitoringstack.doorayadapter.alert;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts all alerts of a message, also those whose details are not kept. Its size does
 * not grow with the message: names and targets are told apart up to a limit.
 */
public final class Tally {

	/** How many names and how many targets are told apart. */
	public static final int MAX_DISTINCT = 1000;

	private final Map<AlertStatus, Integer> byStatus = new EnumMap<>(AlertStatus.class);

	private final Map<Severity, Integer> firing = new EnumMap<>(Severity.class);

	private final Map<Severity, Integer> resolved = new EnumMap<>(Severity.class);

	private final Map<AlertStatus, Map<String, Integer>> names = new EnumMap<>(AlertStatus.class);

	private final Map<AlertStatus, Set<Integer>> targets = new EnumMap<>(AlertStatus.class);

	private final AlertStates.Builder states = new AlertStates.Builder();

	private int unreadable;

	public void add(Alert alert) {
		this.states.add(alert);
		this.byStatus.merge(alert.status(), 1, Integer::sum);
		(alert.firing() ? this.firing : this.resolved).merge(alert.severity(), 1, Integer::sum);
		String name = alert.label("alertname");
		Map<String, Integer> known = this.names.computeIfAbsent(alert.status(), (status) -> new LinkedHashMap<>());
		if (known.size() < MAX_DISTINCT || known.containsKey(name)) {
			known.merge(name, 1, Integer::sum);
		}
		Target target = Target.of(alert.labels());
		Set<Integer> seen = this.targets.computeIfAbsent(alert.status(), (status) -> new HashSet<>());
		if (target != null && seen.size() < MAX_DISTINCT) {
			seen.add(target.shortName().hashCode());
		}
	}

	/**
	 * Counts an entry that is not an alert at all.
	 */
	public void addUnreadable() {
		this.unreadable++;
	}

	public int count(AlertStatus status) {
		return this.byStatus.getOrDefault(status, 0);
	}

	public int total() {
		return count(AlertStatus.FIRING) + count(AlertStatus.RESOLVED);
	}

	// Returns which alerts were counted, in which state and since when.
	public AlertStates states() {
		return this.states.build();
	}

	public int unreadable() {
		return this.unreadable;
	}

	// Returns how many firing alerts there are of each severity.
	public Map<Severity, Integer> firing() {
		return Collections.unmodifiableMap(this.firing);
	}

	// Returns how many resolved alerts there are of each severity.
	public Map<Severity, Integer> resolved() {
		return Collections.unmodifiableMap(this.resolved);
	}

	// Returns how many alerts of that state there are of each name, in order of
	// appearance.
	public Map<String, Integer> names(AlertStatus status) {
		return Collections.unmodifiableMap(this.names.getOrDefault(status, Map.of()));
	}

	// Returns how many different targets alerts of that state have, at most MAX_DISTINCT.
	public int targets(AlertStatus status) {
		return this.targets.getOrDefault(status, Set.of()).size();
	}

}
