package io.monitoringstack.pushgatewayproxy.groups;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.jspecify.annotations.Nullable;

/**
 * Pushes under way, and the life each asked for its group. Pushes come to it before they
 * are sent and after they are answered.
 */
public final class Activity {

	private static final int MAX_ASKED = 5000;

	private final Map<GroupingKey, Integer> underWay = new HashMap<>();

	private final Map<GroupingKey, Duration> asked = new LinkedHashMap<>(16, 0.75f, true);

	private @Nullable Set<GroupingKey> touched;

	/**
	 * Notes that a push begins.
	 * @param key group it goes to
	 */
	public synchronized void begins(GroupingKey key) {
		this.underWay.merge(key, 1, Integer::sum);
		if (this.touched != null) {
			this.touched.add(key);
		}
	}

	/**
	 * Notes that a push has ended.
	 * @param key group it went to
	 */
	public synchronized void ended(GroupingKey key) {
		this.underWay.computeIfPresent(key, (unused, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Notes the life that an accepted push asked for.
	 * @param key the group
	 * @param ttl its life, {@code null} if the push said nothing
	 */
	public synchronized void asked(GroupingKey key, @Nullable Duration ttl) {
		if (ttl == null) {
			this.asked.remove(key);
			return;
		}
		this.asked.put(key, ttl);
		if (this.asked.size() > MAX_ASKED) {
			this.asked.remove(this.asked.keySet().iterator().next());
		}
	}

	synchronized @Nullable Duration askedFor(GroupingKey key) {
		return this.asked.get(key);
	}

	synchronized boolean isAnyAsked() {
		return !this.asked.isEmpty();
	}

	/**
	 * Begins to remember which groups are pushed to, those under way among them.
	 */
	synchronized void watch() {
		this.touched = new HashSet<>(this.underWay.keySet());
	}

	synchronized void stopWatching() {
		this.touched = null;
	}

	synchronized boolean isUntouched(GroupingKey key) {
		return this.touched != null && !this.touched.contains(key);
	}

}
