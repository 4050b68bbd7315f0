package io.monitoringstack.pushgatewayproxy.index;

import java.util.Arrays;

/**
 * A family in one group.
 *
 * @param name its name
 * @param type number of its type in the protobuf format
 * @param series hashes of its series, none twice
 */
public record HeldFamily(String name, int type, long[] series) {

	boolean holds(long hash) {
		for (long candidate : this.series) {
			if (candidate == hash) {
				return true;
			}
		}
		return false;
	}

	boolean isSame(HeldFamily other) {
		return this.type == other.type && Arrays.equals(this.series, other.series);
	}

}
