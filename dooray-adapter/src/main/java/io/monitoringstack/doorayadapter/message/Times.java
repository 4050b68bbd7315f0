package io.monitoringstack.doorayadapter.message;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes times and durations for people, as of one moment. The words come from our own
 * texts: those of the JDK change between versions.
 */
final class Times {

	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

	private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

	private final Texts texts;

	private final ZoneId zone;

	private final Instant now;

	Times(Texts texts, ZoneId zone, Instant now) {
		this.texts = texts;
		this.zone = zone;
		this.now = now;
	}

	// Returns date, weekday, time and zone; the year only when it is another than now.
	String moment(Instant instant) {
		return date(instant) + " " + clock(instant) + " " + zoneName(instant);
	}

	// Returns both moments, the second without what it shares with the first.
	String range(Instant from, Instant to) {
		boolean sameDay = from.atZone(this.zone).toLocalDate().equals(to.atZone(this.zone).toLocalDate());
		String end = sameDay ? clock(to) + " " + zoneName(to) : moment(to);
		return date(from) + " " + clock(from) + " ~ " + end;
	}

	// Returns the time from one moment to another, never less than none.
	static Duration between(Instant from, Instant to) {
		Duration duration = Duration.between(from, to);
		return duration.isNegative() ? Duration.ZERO : duration;
	}

	// Returns a duration in its two largest units.
	String duration(Duration duration) {
		if (duration.toDays() > 0) {
			return two("days", duration.toDays(), "hours", duration.toHoursPart());
		}
		if (duration.toHours() > 0) {
			return two("hours", duration.toHours(), "minutes", duration.toMinutesPart());
		}
		if (duration.toMinutes() > 0) {
			return this.texts.get("duration.minutes", duration.toMinutes());
		}
		return this.texts.get("duration.seconds", duration.toSeconds());
	}

	Instant now() {
		return this.now;
	}

	private String two(String unit, long count, String smallerUnit, long rest) {
		String large = this.texts.get("duration." + unit, count);
		return (rest > 0) ? large + " " + this.texts.get("duration." + smallerUnit, rest) : large;
	}

	private String date(Instant instant) {
		ZonedDateTime time = instant.atZone(this.zone);
		DayOfWeek day = time.getDayOfWeek();
		String weekday = this.texts.get("weekdays").split(",")[day.getValue() - 1];
		String month = this.texts.get("months").split(",")[time.getMonthValue() - 1];
		boolean thisYear = time.getYear() == this.now.atZone(this.zone).getYear();
		return this.texts.get(thisYear ? "date" : "date.year", month, String.valueOf(time.getDayOfMonth()), weekday,
				String.valueOf(time.getYear()));
	}

	private String clock(Instant instant) {
		return CLOCK.format(instant.atZone(this.zone));
	}

	private String zoneName(Instant instant) {
		return this.zone.equals(SEOUL) ? "KST"
				: DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(instant.atZone(this.zone));
	}

}
