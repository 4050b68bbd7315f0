package io.monitoringstack.doorayadapter.duty;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The public holidays of Korea as the law of 2026 has them, with substitute holidays. Not
 * known are days that the government adds at short notice, and elections. Dates of the
 * lunar calendar are a table, because neither the JDK nor a small library knows it.
 */
final class KoreanHolidays {

	/** The last year whose lunar dates are known. */
	static final int LAST_YEAR = 2050;

	private static final int FIRST_YEAR = 2026;

	/** New Year's Day and Memorial Day: what falls on a weekend is lost. */
	private static final List<MonthDay> WITHOUT_SUBSTITUTE = days("01-01 06-06");

	/** The others of the solar calendar, Labour Day and Constitution Day since 2026. */
	private static final List<MonthDay> WITH_SUBSTITUTE = days("03-01 05-01 05-05 07-17 08-15 10-03 10-09 12-25");

	/** Of each year: Seollal, Buddha's birthday, Chuseok. */
	private static final Map<Integer, List<MonthDay>> LUNAR = """
			2026 02-17 05-24 09-25
			2027 02-07 05-13 09-15
			2028 01-27 05-02 10-03
			2029 02-13 05-20 09-22
			2030 02-03 05-09 09-12
			2031 01-23 05-28 10-01
			2032 02-11 05-16 09-19
			2033 01-31 05-06 09-08
			2034 02-19 05-25 09-27
			2035 02-08 05-15 09-16
			2036 01-28 05-03 10-04
			2037 02-15 05-22 09-24
			2038 02-04 05-11 09-13
			2039 01-24 04-30 10-02
			2040 02-12 05-18 09-21
			2041 02-01 05-07 09-10
			2042 01-22 05-26 09-28
			2043 02-10 05-16 09-17
			2044 01-30 05-05 10-05
			2045 02-17 05-24 09-25
			2046 02-06 05-13 09-15
			2047 01-26 05-02 10-04
			2048 02-14 05-20 09-22
			2049 02-02 05-09 09-11
			2050 01-23 05-28 09-30
			""".lines()
		.collect(Collectors.toUnmodifiableMap((line) -> Integer.valueOf(line.substring(0, 4)),
				(line) -> days(line.substring(5))));

	private final Map<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

	/**
	 * Tells whether a day is a public holiday. Of years without lunar dates only the
	 * solar ones are known.
	 * @param day the day
	 * @return whether it is
	 */
	boolean contains(LocalDate day) {
		return in(day.getYear()).contains(day);
	}

	Set<LocalDate> in(int year) {
		return this.years.computeIfAbsent(year, KoreanHolidays::compute);
	}

	static boolean complete(int year) {
		return year >= FIRST_YEAR && year <= LAST_YEAR;
	}

	private static Set<LocalDate> compute(int year) {
		Set<LocalDate> festivals = new HashSet<>();
		Set<LocalDate> single = WITH_SUBSTITUTE.stream().map((day) -> day.atYear(year)).collect(Collectors.toSet());
		Set<LocalDate> twice = new HashSet<>();
		List<MonthDay> lunar = LUNAR.getOrDefault(year, List.of());
		for (int i = 0; i < lunar.size(); i++) {
			LocalDate day = lunar.get(i).atYear(year);
			if (i == 1) {
				add(day, single, single, twice);
			}
			else {
				List.of(day.minusDays(1), day, day.plusDays(1)).forEach((one) -> add(one, festivals, single, twice));
			}
		}
		Set<LocalDate> all = new HashSet<>(festivals);
		all.addAll(single);
		WITHOUT_SUBSTITUTE.forEach((day) -> all.add(day.atYear(year)));
		Set<LocalDate> lost = new HashSet<>(twice);
		single.stream().filter(KoreanHolidays::weekend).forEach(lost::add);
		// A festival that touches a Saturday loses nothing.
		festivals.stream().filter((day) -> day.getDayOfWeek() == DayOfWeek.SUNDAY).forEach(lost::add);
		lost.stream().sorted().forEach((day) -> all.add(next(day, all)));
		return Set.copyOf(all);
	}

	private static void add(LocalDate day, Set<LocalDate> to, Set<LocalDate> others, Set<LocalDate> twice) {
		if (others.contains(day)) {
			twice.add(day);
		}
		to.add(day);
	}

	private static LocalDate next(LocalDate lost, Set<LocalDate> all) {
		LocalDate next = lost.plusDays(1);
		while (all.contains(next) || weekend(next)) {
			next = next.plusDays(1);
		}
		return next;
	}

	static boolean weekend(LocalDate day) {
		return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
	}

	private static List<MonthDay> days(String days) {
		return List.of(days.split(" ")).stream().map((day) -> MonthDay.parse("--" + day)).toList();
	}

}
