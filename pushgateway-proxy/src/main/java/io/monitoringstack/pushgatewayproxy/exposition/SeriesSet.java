package io.monitoringstack.pushgatewayproxy.exposition;

/**
 * The series of a push, as hashes: key is family and labels as Pushgateway will store
 * them, owner is the line or, for summaries and histograms, the set of lines that make up
 * one metric.
 */
final class SeriesSet {

	private static final int FREE = 0;

	private long[] keys = new long[64];

	private long[] owners = new long[64];

	private int[] places = new int[64];

	private int size;

	/**
	 * Adds a sample.
	 * @param key hash of the series
	 * @param owner hash of what may share the series
	 * @param place position to report, at least 1
	 * @return position of an earlier sample that makes this one a duplicate, or 0
	 */
	int add(long key, long owner, int place) {
		int slot = slot(key);
		if (this.places[slot] != FREE) {
			return (this.owners[slot] != owner) ? this.places[slot] : FREE;
		}
		this.keys[slot] = key;
		this.owners[slot] = owner;
		this.places[slot] = place;
		if (++this.size * 2 > this.keys.length) {
			grow();
		}
		return FREE;
	}

	int size() {
		return this.size;
	}

	private int slot(long key) {
		int mask = this.keys.length - 1;
		int slot = (int) (key ^ (key >>> 32)) & mask;
		while (this.places[slot] != FREE && this.keys[slot] != key) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private void grow() {
		long[] oldKeys = this.keys;
		long[] oldOwners = this.owners;
		int[] oldPlaces = this.places;
		this.keys = new long[oldKeys.length * 2];
		this.owners = new long[oldKeys.length * 2];
		this.places = new int[oldKeys.length * 2];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldPlaces[i] != FREE) {
				int slot = slot(oldKeys[i]);
				this.keys[slot] = oldKeys[i];
				this.owners[slot] = oldOwners[i];
				this.places[slot] = oldPlaces[i];
			}
		}
	}

}
