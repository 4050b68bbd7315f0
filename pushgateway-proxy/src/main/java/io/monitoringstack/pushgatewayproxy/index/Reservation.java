package io.monitoringstack.pushgatewayproxy.index;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;

/**
 * A change to a group that is on its way to Pushgateway. Until it is settled the index
 * holds what the group had and what it will have.
 */
public final class Reservation implements Decision {

	final IndexedGroup group;

	/** New families by name; one that stays as it is, is the same object as before. */
	final Map<String, HeldFamily> coming;

	/** Whether families that are not coming go, but for Pushgateway's own two. */
	final boolean replace;

	/** Whether everything goes. */
	final boolean delete;

	final CompletableFuture<Void> settled = new CompletableFuture<>();

	private final MetricIndex index;

	Reservation(MetricIndex index, IndexedGroup group, Map<String, HeldFamily> coming, boolean replace,
			boolean delete) {
		this.index = index;
		this.group = group;
		this.coming = coming;
		this.replace = replace;
		this.delete = delete;
	}

	/**
	 * The group that changes.
	 * @return its key
	 */
	public GroupingKey key() {
		return this.group.key;
	}

	/**
	 * Pushgateway took the change.
	 */
	public void commit() {
		this.index.commit(this);
		// Whoever waits goes on from here, so outside the lock of the index.
		this.settled.complete(null);
	}

	/**
	 * Pushgateway did not take the change, for certain.
	 */
	public void undo() {
		this.index.undo(this);
		this.settled.complete(null);
	}

	/**
	 * It was not known what became of the change, and Pushgateway was asked.
	 * @param found what the group holds, empty if it does not exist
	 */
	public void settle(List<HeldFamily> found) {
		this.index.settle(this, found);
		this.settled.complete(null);
	}

	@Nullable HeldFamily after(String name) {
		HeldFamily comes = this.coming.get(name);
		if (comes != null) {
			return comes;
		}
		boolean goes = this.delete || (this.replace && !MetricIndex.isStamp(name));
		return goes ? null : this.group.families.get(name);
	}

}
