package io.monitoringstack.doorayadapter.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows which digest is due.
 *
 * @param times times of the day
 * @param days whether there is a digest on a day
 * @param zone zone of both
 */
record DigestSchedule(Set<LocalTime> times, Predicate<LocalDate> days, ZoneId zone) {

	/** Later than that nobody begins a shift. */
	static final Duration LATEST = Duration.ofHours(1);

	/**
	 * Returns the digest that is due: the last one before now, unless it was told, or is
	 * older than an hour.
	 * @param told time of the last one that was told
	 * @param now the present
	 * @return its time
	 */
	Optional<Instant> due(Instant told, Instant now) {
		LocalDate today = now.atZone(this.zone).toLocalDate();
		return Set.of(today, today.minusDays(1))
			.stream()
			.filter(this.days)
			.flatMap((day) -> this.times.stream().map((time) -> ZonedDateTime.of(day, time, this.zone).toInstant()))
			.filter((time) -> !time.isAfter(now) && time.plus(LATEST).isAfter(now))
			.max(Instant::compareTo)
			.filter((time) -> time.isAfter(told));
	}

}
