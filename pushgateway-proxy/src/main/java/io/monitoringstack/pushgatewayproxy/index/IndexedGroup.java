package io.monitoringstack.pushgatewayproxy.index;

import java.util.HashMap;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;

/**
 * A group: what it holds, and the change under way to it, of which there is at most one.
 */
final class IndexedGroup {

	final GroupingKey key;

	final int number;

	final Map<String, HeldFamily> families = new HashMap<>();

	@Nullable Reservation change;

	IndexedGroup(GroupingKey key, int number) {
		this.key = key;
		this.number = number;
	}

	boolean exists() {
		return !this.families.isEmpty();
	}

	// Whether the group has a family of that name and type, however the change under way
	// ends.
	boolean surelyHolds(String name, int type) {
		HeldFamily now = this.families.get(name);
		HeldFamily then = (this.change != null) ? this.change.after(name) : now;
		return now != null && now.type() == type && then != null && then.type() == type;
	}

	// Whether the group has a family of that name and type, or will have it if the change
	// under way succeeds.
	boolean mayHold(String name, int type) {
		HeldFamily now = this.families.get(name);
		HeldFamily then = (this.change != null) ? this.change.after(name) : now;
		return (now != null && now.type() == type) || (then != null && then.type() == type);
	}

	boolean surelyHolds(String name, long hash) {
		HeldFamily now = this.families.get(name);
		HeldFamily then = (this.change != null) ? this.change.after(name) : now;
		return now != null && now.holds(hash) && then != null && (then == now || then.holds(hash));
	}

}
