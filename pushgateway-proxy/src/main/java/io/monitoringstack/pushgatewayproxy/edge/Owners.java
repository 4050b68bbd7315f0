package io.monitoringstack.pushgatewayproxy.edge;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;

/**
 * Who pushed which family of a group last. What is forgotten, because there is too much
 * or because the proxy was started anew, belongs to nobody and stays where it is until it
 * is pushed again. Callers have the turn of the group.
 */
final class Owners {

	/** Sources by family, by group; the group that was silent longest is the first. */
	private final LinkedHashMap<GroupingKey, Map<String, String>> groups = new LinkedHashMap<>(16, 0.75f, true);

	private final int maxFamilies;

	private int families;

	private long forgotten;

	/**
	 * Creates an empty memory.
	 * @param maxFamilies most families to remember, each takes some 100 bytes
	 */
	Owners(int maxFamilies) {
		this.maxFamilies = maxFamilies;
	}

	/**
	 * Notes that a source pushed families.
	 * @param key the group
	 * @param source who pushed
	 * @param pushed what
	 */
	synchronized void pushed(GroupingKey key, String source, Collection<HeldFamily> pushed) {
		if (pushed.isEmpty()) {
			return;
		}
		Map<String, String> owners = this.groups.computeIfAbsent(key, (unused) -> new HashMap<>());
		for (HeldFamily family : pushed) {
			this.families += (owners.put(family.name(), source) == null) ? 1 : 0;
		}
		shrink();
	}

	/**
	 * Notes that families are no longer in the group.
	 * @param key the group
	 * @param dropped the families
	 */
	synchronized void dropped(GroupingKey key, Collection<HeldFamily> dropped) {
		Map<String, String> owners = this.groups.get(key);
		if (owners == null) {
			return;
		}
		for (HeldFamily family : dropped) {
			this.families -= (owners.remove(family.name()) != null) ? 1 : 0;
		}
		if (owners.isEmpty()) {
			this.groups.remove(key);
		}
	}

	/**
	 * Notes that the group is gone, or is about to be filled anew.
	 * @param key the group
	 */
	synchronized void forget(GroupingKey key) {
		Map<String, String> owners = this.groups.remove(key);
		this.families -= (owners != null) ? owners.size() : 0;
	}

	/**
	 * Tells whether a source pushed a family last.
	 * @param key the group
	 * @param source the source
	 * @param name name of the family
	 * @return whether it is known to have
	 */
	synchronized boolean owns(GroupingKey key, String source, String name) {
		Map<String, String> owners = this.groups.get(key);
		return owners != null && source.equals(owners.get(name));
	}

	synchronized int families() {
		return this.families;
	}

	/**
	 * Families whose owner was forgotten because there were too many.
	 * @return their number so far
	 */
	synchronized long forgotten() {
		return this.forgotten;
	}

	private void shrink() {
		Iterator<Map<String, String>> eldest = this.groups.values().iterator();
		while (this.families > this.maxFamilies) {
			int gone = eldest.next().size();
			eldest.remove();
			this.families -= gone;
			this.forgotten += gone;
		}
	}

}
