package io.monitoringstack.pushgatewayproxy.index;

/**
 * Maps hashes of series to the number of the group that holds them. Open addressing in
 * two arrays: twelve bytes a slot, at most two thirds of the slots in use.
 */
final class SeriesTable {

	private static final int FREE = 0;

	private static final int SMALLEST = 1024;

	private long[] keys = new long[SMALLEST];

	private int[] owners = new int[SMALLEST];

	private int size;

	int size() {
		return this.size;
	}

	/**
	 * Memory the table takes.
	 * @return bytes
	 */
	long bytes() {
		return 12L * this.keys.length;
	}

	/**
	 * Finds the owner of a series.
	 * @param key hash of the series
	 * @return number of the group, 0 if nobody has it
	 */
	int owner(long key) {
		return this.owners[slot(key)];
	}

	/**
	 * Notes the owner of a series if it has none.
	 * @param key hash of the series
	 * @param owner number of the group, not 0
	 * @return the owner it has now
	 */
	int putIfFree(long key, int owner) {
		int slot = slot(key);
		if (this.owners[slot] != FREE) {
			return this.owners[slot];
		}
		this.keys[slot] = key;
		this.owners[slot] = owner;
		if (++this.size * 3L > this.keys.length * 2L) {
			resize(this.keys.length * 2);
		}
		return owner;
	}

	/**
	 * Forgets a series if it belongs to that owner.
	 * @param key hash of the series
	 * @param owner number of the group
	 */
	void remove(long key, int owner) {
		int slot = slot(key);
		if (this.owners[slot] != owner) {
			return;
		}
		close(slot);
		if (--this.size * 8L < this.keys.length && this.keys.length > SMALLEST) {
			resize(this.keys.length / 2);
		}
	}

	// Moves what follows into the gap, so that every search still ends at a free slot.
	private void close(int removed) {
		int mask = this.keys.length - 1;
		int gap = removed;
		int at = gap;
		while (true) {
			at = (at + 1) & mask;
			if (this.owners[at] == FREE) {
				break;
			}
			int home = home(this.keys[at]);
			boolean mayMove = (gap <= at) ? (home <= gap || home > at) : (home <= gap && home > at);
			if (mayMove) {
				this.keys[gap] = this.keys[at];
				this.owners[gap] = this.owners[at];
				gap = at;
			}
		}
		this.owners[gap] = FREE;
	}

	private int home(long key) {
		return (int) (key ^ (key >>> 32)) & (this.keys.length - 1);
	}

	private int slot(long key) {
		int mask = this.keys.length - 1;
		int slot = home(key);
		while (this.owners[slot] != FREE && this.keys[slot] != key) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private void resize(int capacity) {
		long[] oldKeys = this.keys;
		int[] oldOwners = this.owners;
		this.keys = new long[capacity];
		this.owners = new int[capacity];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldOwners[i] != FREE) {
				int slot = slot(oldKeys[i]);
				this.keys[slot] = oldKeys[i];
				this.owners[slot] = oldOwners[i];
			}
		}
	}

}
