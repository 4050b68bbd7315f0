package io.monitoringstack.doorayadapter.told;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Counts how often alerts change their state. It marks and keeps nothing back: whether an
 * alert that comes and goes is worth no message, only its rule can say.
 */
@Profile("!watcher")
@Component
public final class Flapping {

	static final Duration WINDOW = Duration.ofHours(1);

	/** A rule evaluated each minute cannot change more often. */
	static final int MOST_CHANGES = 60;

	private static final int MOST_ALERTS = 10_000;

	private final int after;

	private final Clock clock;

	private final Cache<String, Turns> turns = Caffeine.newBuilder()
		.executor(Runnable::run)
		.maximumSize(MOST_ALERTS)
		.expireAfterWrite(Duration.ofDays(5))
		.build();

	@Autowired
	Flapping(ToldProperties properties, Clock clock) {
		this(properties.flappingAfter(), clock);
	}

	Flapping(int after, Clock clock) {
		this.after = after;
		this.clock = clock;
	}

	/**
	 * Notes the states of the alerts whose details are known.
	 * @param message what is to be told; the same again changes nothing
	 */
	public void note(WebhookMessage message) {
		if (this.after == 0) {
			return;
		}
		Instant now = this.clock.instant();
		for (Alert alert : message.alerts()) {
			if (!alert.fingerprint().isEmpty()) {
				this.turns.asMap().compute(alert.fingerprint(), (fingerprint, known) -> {
					Turns turns = (known != null) ? known : new Turns();
					turns.note(alert, now);
					return turns;
				});
			}
		}
	}

	/**
	 * Tells which alerts of a message change often.
	 * @param message the message
	 * @return number of changes within the last hour, by fingerprint
	 */
	public Map<String, Integer> of(WebhookMessage message) {
		Map<String, Integer> often = new HashMap<>();
		Instant now = this.clock.instant();
		for (Alert alert : message.alerts()) {
			Turns turns = this.turns.getIfPresent(alert.fingerprint());
			int count = (turns != null) ? turns.since(now.minus(WINDOW)) : 0;
			if (this.after > 0 && count >= this.after) {
				often.put(alert.fingerprint(), count);
			}
		}
		return often;
	}

	/**
	 * The changes of one alert.
	 */
	private static final class Turns {

		private final Deque<Instant> changes = new ArrayDeque<>();

		private boolean firing;

		private Instant start = Instant.MIN;

		// Another start is another occurrence, also when nobody told of the end of the
		// last
		// one. What a pair reports with starts that differ a little is the same one.
		private synchronized void note(Alert alert, Instant now) {
			Instant began = alert.startsAt();
			Instant known = (began != null) ? began : Instant.EPOCH;
			boolean same = this.firing == alert.firing() && !this.start.equals(Instant.MIN)
					&& Duration.between(this.start, known).abs().compareTo(ToldMemory.SAME_START) <= 0;
			boolean late = known.isBefore(this.start.equals(Instant.MIN) ? known : this.start)
					&& Duration.between(known, this.start).compareTo(ToldMemory.SAME_START) > 0;
			if (same || late) {
				return;
			}
			this.firing = alert.firing();
			this.start = known;
			this.changes.addLast(now);
			while (this.changes.size() > MOST_CHANGES) {
				this.changes.removeFirst();
			}
		}

		private synchronized int since(Instant moment) {
			return (int) this.changes.stream().filter((change) -> !change.isBefore(moment)).count();
		}

	}

}
