package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The labels of the sample being read, reduced to what the checks need: which names there
 * are, a hash of the set as written, and a hash of the set as Pushgateway will store it,
 * that is with the labels of the group in place.
 */
final class SampleLabels {

	private static final String INSTANCE = "instance";

	private final long[] groupHashes;

	private final long instanceName;

	private final long empty = Hashing.start();

	private final long[] names = new long[ContentRules.MAX_LABELS];

	private int count;

	private long written;

	private long stored;

	private @Nullable String reserved;

	SampleLabels(Set<String> groupLabels) {
		this.groupHashes = groupLabels.stream().mapToLong(SampleLabels::hash).toArray();
		this.instanceName = hash(INSTANCE);
	}

	void clear() {
		this.count = 0;
		this.written = 0;
		this.stored = 0;
		this.reserved = null;
	}

	boolean isFull() {
		return this.count == this.names.length;
	}

	/**
	 * Adds a name.
	 * @param name the name just read
	 * @return whether it is the first of its kind in this sample
	 */
	boolean addName(NameReader name) {
		long hash = Hashing.of(name.bytes, name.from, name.to);
		for (int i = 0; i < this.count; i++) {
			if (this.names[i] == hash) {
				return false;
			}
		}
		this.names[this.count++] = hash;
		if (name.startsReserved()) {
			this.reserved = name.toString();
		}
		return true;
	}

	/**
	 * Adds the value of the name added last.
	 * @param value hash of the value
	 */
	void addValue(long value) {
		long name = this.names[this.count - 1];
		long pair = Hashing.pair(name, value);
		this.written += pair;
		// Pushgateway adds an empty instance label to a sample that has none.
		boolean absent = name == this.instanceName && value == this.empty;
		if (!absent && !isGroupLabel(name)) {
			this.stored += pair;
		}
	}

	long written() {
		return this.written;
	}

	long stored() {
		return this.stored;
	}

	@Nullable String reserved() {
		return this.reserved;
	}

	/**
	 * Whether the sample has a label that the path decides.
	 * @return whether any label will be overwritten
	 */
	boolean overwritten() {
		for (int i = 0; i < this.count; i++) {
			if (isGroupLabel(this.names[i])) {
				return true;
			}
		}
		return false;
	}

	private static long hash(String name) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		return Hashing.of(bytes, 0, bytes.length);
	}

	private boolean isGroupLabel(long name) {
		for (long group : this.groupHashes) {
			if (group == name) {
				return true;
			}
		}
		return false;
	}

}
