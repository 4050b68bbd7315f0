package io.monitoringstack.doorayadapter.watcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Knows the last heartbeat and what people were told, and nothing beyond a restart: after
 * it a whole limit has to pass again, so that a restart of everything raises no alarm.
 */
final class Watch {

	private final Instant start;

	private final Duration limit;

	private final Duration repeat;

	private @Nullable Instant last;

	private @Nullable Instant toldAt;

	private Instant silentSince;

	private boolean never;

	Watch(Instant start, Duration limit, Duration repeat) {
		this.start = start;
		this.limit = limit;
		this.repeat = repeat;
		this.silentSince = start;
	}

	/**
	 * Notes a heartbeat.
	 * @param signal when it began its way; a time to come is taken as the present
	 * @param now the present
	 */
	synchronized void beat(Instant signal, Instant now) {
		Instant moment = signal.isAfter(now) ? now : signal;
		if (this.last == null || moment.isAfter(this.last)) {
			this.last = moment;
		}
	}

	synchronized Optional<Notice> due(Instant now) {
		if (silent(now)) {
			if (this.toldAt == null) {
				return Optional.of(new Notice(Notice.Kind.SILENT, heardOf(), now, this.last == null));
			}
			boolean again = !now.isBefore(this.toldAt.plus(this.repeat));
			return again ? Optional.of(new Notice(Notice.Kind.STILL_SILENT, this.silentSince, now, this.never))
					: Optional.empty();
		}
		return (this.toldAt != null)
				? Optional.of(new Notice(Notice.Kind.RETURNED, this.silentSince, heardOf(), this.never))
				: Optional.empty();
	}

	/**
	 * Notes that people were told.
	 * @param notice what they were told
	 * @param now the present
	 */
	synchronized void told(Notice notice, Instant now) {
		if (notice.kind() == Notice.Kind.RETURNED) {
			this.toldAt = null;
			return;
		}
		this.toldAt = now;
		this.silentSince = notice.since();
		this.never = notice.never();
	}

	synchronized boolean silent(Instant now) {
		return heardOf().plus(this.limit).isBefore(now);
	}

	// Returns the last heartbeat, or null when none has come.
	synchronized @Nullable Instant last() {
		return this.last;
	}

	// A heartbeat that was on its way for long must not raise an alarm right after the
	// start.
	private Instant heardOf() {
		return (this.last != null && this.last.isAfter(this.start)) ? this.last : this.start;
	}

}
