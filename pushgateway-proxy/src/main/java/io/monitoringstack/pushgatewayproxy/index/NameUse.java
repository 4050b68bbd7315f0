package io.monitoringstack.pushgatewayproxy.index;

import java.util.Arrays;

/**
 * How many groups use a name for a family, by type. There is one type unless something
 * changes at this moment.
 */
final class NameUse {

	final String name;

	private int[] types = new int[1];

	private int[] counts = new int[1];

	private int used;

	NameUse(String name) {
		this.name = name;
	}

	void add(int type) {
		for (int i = 0; i < this.used; i++) {
			if (this.types[i] == type) {
				this.counts[i]++;
				return;
			}
		}
		if (this.used == this.types.length) {
			this.types = Arrays.copyOf(this.types, this.used * 2);
			this.counts = Arrays.copyOf(this.counts, this.used * 2);
		}
		this.types[this.used] = type;
		this.counts[this.used++] = 1;
	}

	/**
	 * Takes one use away.
	 * @param type its type
	 * @return whether nobody uses the name any more
	 */
	boolean remove(int type) {
		for (int i = 0; i < this.used; i++) {
			if (this.types[i] == type && --this.counts[i] == 0) {
				this.used--;
				this.types[i] = this.types[this.used];
				this.counts[i] = this.counts[this.used];
			}
		}
		return this.used == 0;
	}

	int kinds() {
		return this.used;
	}

	int type(int at) {
		return this.types[at];
	}

	int count(int at) {
		return this.counts[at];
	}

}
