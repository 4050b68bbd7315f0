package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.message.GroupSummary;
import io.monitoringstack.doorayadapter.message.Notices;
import org.jspecify.annotations.Nullable;

/**
 * The groups that a hook did not take and has not taken since. Alertmanager never sends
 * again what fired and was resolved meanwhile, so somebody has to say that it was there.
 * Not for several threads.
 */
final class Missed {

	/** Names shown. */
	private static final int SHOWN = 5;

	/** Groups remembered. */
	private static final int MAX_GROUPS = 500;

	private final Map<String, String> names = new LinkedHashMap<>();

	private int others;

	private long since;

	void add(GroupSummary group, long now) {
		if (this.names.isEmpty()) {
			this.since = now;
		}
		if (this.names.size() < MAX_GROUPS) {
			this.names.put(group.id(), group.name());
		}
		else if (!this.names.containsKey(group.id())) {
			this.others++;
		}
	}

	void told(GroupSummary group) {
		this.names.remove(group.id());
	}

	void clear() {
		this.names.clear();
		this.others = 0;
	}

	// Returns what there is to say when these groups are about to be told, if it was more
	// than a hiccup.
	Notices.@Nullable Missed besides(List<GroupSummary> told, Duration outageAfter, long now) {
		Map<String, String> missed = new LinkedHashMap<>(this.names);
		told.forEach((group) -> missed.remove(group.id()));
		Duration lasted = Duration.ofNanos(now - this.since);
		if (missed.isEmpty() || lasted.compareTo(outageAfter) < 0) {
			return null;
		}
		return new Notices.Missed(lasted, missed.size() + this.others,
				missed.values().stream().distinct().limit(SHOWN).toList());
	}

}
