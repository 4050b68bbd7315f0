package io.monitoringstack.pushgatewayproxy.ghost;

import java.time.Duration;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;

/**
 * Groups that had a successful push a moment ago. It has a fixed size and forgets at
 * will: forgetting costs one look into Pushgateway, remembering too long could leave an
 * empty group behind after Pushgateway was restarted.
 */
final class KnownGroups {

	private static final int SLOTS = 1 << 14;

	private static final long MEMORY_NANOS = Duration.ofSeconds(60).toNanos();

	private final @Nullable GroupingKey[] keys = new GroupingKey[SLOTS];

	private final long[] since = new long[SLOTS];

	void remember(GroupingKey key, long nanos) {
		int slot = slot(key);
		this.keys[slot] = key;
		this.since[slot] = nanos;
	}

	boolean remembers(GroupingKey key, long nanos) {
		int slot = slot(key);
		return key.equals(this.keys[slot]) && nanos - this.since[slot] < MEMORY_NANOS;
	}

	void forget(GroupingKey key) {
		int slot = slot(key);
		if (key.equals(this.keys[slot])) {
			this.keys[slot] = null;
		}
	}

	private static int slot(GroupingKey key) {
		int hash = key.hashCode() * 0x9e3779b9;
		return (hash >>> 16) & (SLOTS - 1);
	}

}
