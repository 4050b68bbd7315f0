package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who pushed to which group. Of groups that were pushed to, the one that was
 * silent longest is forgotten first; groups to which no push succeeded have a small room
 * of their own, so that nonsense sent to ever new groups puts nobody out. A group that is
 * deleted is forgotten.
 */
public final class PusherLedger {

	/** About a kilobyte each. */
	static final int MAX_PUSHED = 10_000;

	static final int MAX_REFUSED = 200;

	/** Their answers quote the body. */
	private static final Set<Reason> QUOTING = EnumSet.of(Reason.SYNTAX, Reason.NEWLINE, Reason.CORRUPT,
			Reason.ENCODING);

	private static final int LONGEST_TEXT = 400;

	private final Clock clock;

	private final Map<GroupingKey, Entry> pushed = new LinkedHashMap<>(16, 0.75f, true);

	private final Map<GroupingKey, Entry> refused = new LinkedHashMap<>(16, 0.75f, true);

	private long forgotten;

	public PusherLedger(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Notes a push that succeeded.
	 * @param push the push
	 * @param bytes its size as sent
	 * @param series series it holds
	 */
	public synchronized void accepted(SeenPush push, int bytes, int series) {
		Instant now = this.clock.instant();
		Entry entry = this.pushed.get(push.key());
		if (entry == null) {
			Entry earlier = this.refused.remove(push.key());
			entry = (earlier != null) ? earlier : new Entry(now);
			this.pushed.put(push.key(), entry);
			trim(this.pushed, MAX_PUSHED);
		}
		if (entry.lastPush != null) {
			entry.intervals.add(Duration.between(entry.lastPush, now));
		}
		entry.last = push;
		entry.lastPush = now;
		entry.pushes++;
		entry.lastBytes = bytes;
		entry.bytes += bytes;
		entry.series = series;
	}

	/**
	 * Notes a push that did not succeed.
	 * @param push the push
	 * @param reason why
	 * @param status status of the answer
	 * @param text text of the answer, if it is ours
	 */
	public synchronized void refused(SeenPush push, Reason reason, int status, @Nullable String text) {
		Instant now = this.clock.instant();
		Entry entry = this.pushed.get(push.key());
		if (entry == null) {
			entry = this.refused.computeIfAbsent(push.key(), (unused) -> new Entry(now));
			entry.last = push;
			trim(this.refused, MAX_REFUSED);
		}
		entry.refused++;
		String shown = (text == null || QUOTING.contains(reason)) ? null
				: text.substring(0, Math.min(text.length(), LONGEST_TEXT));
		entry.lastRefusal = new LastRefusal(now, reason.label(), status, shown, push.client());
	}

	/**
	 * Forgets a group, because it was deleted.
	 * @param key the group
	 */
	public synchronized void deleted(GroupingKey key) {
		this.pushed.remove(key);
		this.refused.remove(key);
	}

	/**
	 * Groups that were forgotten for want of room.
	 * @return their number so far
	 */
	public synchronized long forgotten() {
		return this.forgotten;
	}

	/**
	 * All that is known.
	 * @return the groups, the one pushed to last first, behind them those to which no
	 * push succeeded
	 */
	public synchronized List<Pusher> pushers() {
		Instant now = this.clock.instant();
		List<Pusher> pushers = new ArrayList<>();
		this.pushed.forEach((key, entry) -> pushers.add(entry.describe(key, now)));
		this.refused.forEach((key, entry) -> pushers.add(entry.describe(key, now)));
		pushers
			.sort(Comparator.comparing(Pusher::lastPush, Comparator.nullsFirst(Comparator.naturalOrder())).reversed());
		return pushers;
	}

	/**
	 * Which jobs push as by a clock, and how late their latest group is.
	 * @return what is waited for, by job
	 */
	synchronized Map<String, Overdue> overdue() {
		Instant now = this.clock.instant();
		Map<String, Overdue> latest = new HashMap<>();
		this.pushed.forEach((key, entry) -> {
			Overdue overdue = entry.overdue(now);
			if (overdue != null) {
				latest.merge(key.job(), overdue, Overdue::later);
			}
		});
		return latest;
	}

	private void trim(Map<GroupingKey, Entry> entries, int most) {
		if (entries.size() > most) {
			GroupingKey eldest = entries.keySet().iterator().next();
			entries.remove(eldest);
			this.forgotten++;
		}
	}

	private static final class Entry {

		private final Instant firstSeen;

		private final Intervals intervals = new Intervals();

		private @Nullable SeenPush last;

		private @Nullable Instant lastPush;

		private long pushes;

		private int lastBytes;

		private long bytes;

		private int series;

		private long refused;

		private @Nullable LastRefusal lastRefusal;

		Entry(Instant firstSeen) {
			this.firstSeen = firstSeen;
		}

		@Nullable Overdue overdue(Instant now) {
			Double usual = this.intervals.medianSeconds();
			if (usual == null || this.lastPush == null || !this.intervals.isRegular()) {
				return null;
			}
			return new Overdue(Duration.between(this.lastPush, now).toMillis() / 1000.0, usual);
		}

		Pusher describe(GroupingKey key, Instant now) {
			SeenPush seen = this.last;
			Double usual = this.intervals.medianSeconds();
			Double ratio = null;
			if (usual != null && usual > 0 && this.lastPush != null) {
				ratio = Math.round(Duration.between(this.lastPush, now).toMillis() / usual / 10) / 100.0;
			}
			return new Pusher(key.labels(), (seen != null) ? seen.client() : "-",
					(seen != null) ? seen.identity() : null, (seen != null) ? seen.userAgent() : null,
					(seen != null) ? seen.verb() : "-", (seen != null) ? seen.format() : "-", this.firstSeen,
					this.lastPush, this.pushes, this.lastBytes, this.bytes, this.series, this.refused, this.lastRefusal,
					usual, ratio);
		}

	}

}
