package io.monitoringstack.doorayadapter.digest;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.monitoringstack.doorayadapter.delivery.ToldListener;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Counts how many messages told of each alert since the last digest. Gone with a restart,
 * so it also knows since when it counts.
 */
@Profile("!watcher")
@Component
final class ToldCounts implements ToldListener {

	/** Names counted; alert rules are tens, not thousands. */
	static final int MOST_NAMES = 1000;

	private final Map<String, Integer> counts = new HashMap<>();

	private Instant since;

	ToldCounts(Clock clock) {
		this.since = clock.instant();
	}

	@Override
	public synchronized void told(Map<String, Integer> firing) {
		for (String name : firing.keySet()) {
			if (this.counts.size() < MOST_NAMES || this.counts.containsKey(name)) {
				this.counts.merge(name, 1, Integer::sum);
			}
		}
	}

	// Returns the counts, the highest first.
	synchronized Map<String, Integer> counts() {
		Map<String, Integer> sorted = new LinkedHashMap<>();
		this.counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.forEach((count) -> sorted.put(count.getKey(), count.getValue()));
		return sorted;
	}

	synchronized Instant since() {
		return this.since;
	}

	// Takes away what a digest told, so that what came meanwhile is told by the next.
	synchronized void forget(Map<String, Integer> told, Instant now) {
		told.forEach((name, count) -> this.counts.computeIfPresent(name,
				(key, value) -> (value > count) ? Integer.valueOf(value - count) : null));
		this.since = now;
	}

}
