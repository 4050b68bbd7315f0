package io.monitoringstack.doorayadapter.duty;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whom to mention: by team, and by the time of a team's clock.
 *
 * @param label label of an alert that names the team
 * @param front whether mentions stand in front of the first line instead of below it
 * @param begin begin of the working hours
 * @param end their end
 * @param holidays days that count as holidays besides the public ones
 * @param workdays holidays that count as working days
 * @param teams of each team, in lower case, its mentions by period
 */
record DutyTable(String label, boolean front, LocalTime begin, LocalTime end, Set<LocalDate> holidays,
		Set<LocalDate> workdays, Map<String, Map<Period, List<String>>> teams) {

	/** Team of alerts whose own team is not listed. */
	static final String OTHERS = "default";

	private static final KoreanHolidays PUBLIC = new KoreanHolidays();

	/** Nobody. */
	static final DutyTable EMPTY = new DutyTable("team", false, LocalTime.of(9, 0), LocalTime.of(18, 0), Set.of(),
			Set.of(), Map.of());

	Period period(ZonedDateTime time) {
		LocalDate day = time.toLocalDate();
		if (!this.workdays.contains(day)) {
			if (this.holidays.contains(day) || PUBLIC.contains(day)) {
				return Period.HOLIDAY;
			}
			if (KoreanHolidays.weekend(day)) {
				return Period.WEEKEND;
			}
		}
		LocalTime clock = time.toLocalTime();
		boolean working = !clock.isBefore(this.begin) && clock.isBefore(this.end);
		return working ? Period.WEEKDAY : Period.NIGHT;
	}

	// Returns the team whose entries count for a label's value; empty when there is none.
	String team(String value) {
		String team = value.strip().toLowerCase(Locale.ROOT);
		if (this.teams.containsKey(team)) {
			return team;
		}
		return this.teams.containsKey(OTHERS) ? OTHERS : "";
	}

	/**
	 * Returns the mentions of a team. Where a period has none, the next wider one counts.
	 * @param team name as of {@link #team}
	 * @param period the time
	 * @return the mentions, none when there is nobody
	 */
	List<String> mentions(String team, Period period) {
		Map<Period, List<String>> entries = this.teams.getOrDefault(team, Map.of());
		Period asked = period;
		while (!entries.containsKey(asked) && asked != Period.ALWAYS) {
			asked = asked.wider();
		}
		return entries.getOrDefault(asked, List.of());
	}

	/**
	 * The times of a table.
	 */
	enum Period {

		/** A public holiday or one of the table. */
		HOLIDAY,

		/** Saturday or Sunday. */
		WEEKEND,

		/** A working day, outside of the working hours. */
		NIGHT,

		/** A working day, within them. */
		WEEKDAY,

		/** Any time. */
		ALWAYS;

		String word() {
			return name().toLowerCase(Locale.ROOT);
		}

		// Returns the period whose entries count where this one has none.
		Period wider() {
			return switch (this) {
				case HOLIDAY -> WEEKEND;
				case WEEKEND -> NIGHT;
				case NIGHT, WEEKDAY, ALWAYS -> ALWAYS;
			};
		}

	}

}
