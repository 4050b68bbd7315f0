package io.monitoringstack.dooraysimulator.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a number of messages per hook pass in any second. Only what passes counts, so a
 * caller that is too fast still gets one message through each second. The hooks used
 * longest ago are forgotten first, which bounds memory.
 */
final class RateLimiter {

	private static final Duration WINDOW = Duration.ofSeconds(1);

	private final Map<HookAddress, Deque<Instant>> passedByHook;

	RateLimiter(int maxHooks) {
		this.passedByHook = new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<HookAddress, Deque<Instant>> eldest) {
				return size() > maxHooks;
			}

		};
	}

	synchronized boolean passes(HookAddress hook, int perSecond, Instant now) {
		if (perSecond == 0) {
			return true;
		}
		Deque<Instant> passed = this.passedByHook.computeIfAbsent(hook, (key) -> new ArrayDeque<>());
		Instant windowStart = now.minus(WINDOW);
		while (!passed.isEmpty() && !passed.getFirst().isAfter(windowStart)) {
			passed.removeFirst();
		}
		if (passed.size() >= perSecond) {
			return false;
		}
		passed.addLast(now);
		return true;
	}

	synchronized int hooks() {
		return this.passedByHook.size();
	}

}
