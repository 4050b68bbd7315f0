package io.monitoringstack.doorayadapter.duty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class KoreanHolidaysTests {

	private final KoreanHolidays holidays = new KoreanHolidays();

	static Stream<String> years() throws IOException {
		return Files.readAllLines(Path.of("src/test/resources/duty/korean-holidays.txt")).stream();
	}

	@ParameterizedTest
	@MethodSource("years")
	void agreesWithAnIndependentCalendar(String line) {
		int year = Integer.parseInt(line.substring(0, 4));
		List<LocalDate> expected = Stream.of(line.substring(5).split(" "))
			.map((day) -> MonthDay.parse("--" + day).atYear(year))
			.toList();
		assertThat(this.holidays.in(year)).containsExactlyInAnyOrderElementsOf(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-02-16,Seollal's eve", "2026-02-18,the day after Seollal", "2026-03-02,substitute of 1 March",
			"2026-05-25,substitute of Buddha's birthday", "2026-07-17,Constitution Day",
			"2026-08-17,substitute of Liberation Day", "2026-09-26,the day after Chuseok",
			"2026-10-05,substitute of Foundation Day", "2027-02-09,substitute of Seollal",
			"2027-05-03,substitute of Labour Day", "2027-10-11,substitute of Hangul Day",
			"2027-12-27,substitute of Christmas", "2028-10-05,Foundation Day within Chuseok",
			"2044-05-06,Buddha's birthday on Children's Day" })
	void knowsTheDaysThatMatter(LocalDate day, String why) {
		assertThat(this.holidays.contains(day)).as(why).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "2026-09-28,Chuseok ended on a Saturday", "2026-06-08,Memorial Day has no substitute",
			"2028-01-03,nor has New Year's Day", "2026-12-31,a working day" })
	void knowsNoOthers(LocalDate day, String why) {
		assertThat(this.holidays.contains(day)).as(why).isFalse();
	}

	@Test
	void ofOtherYearsItKnowsTheSolarOnes() {
		assertThat(KoreanHolidays.complete(2051)).isFalse();
		assertThat(this.holidays.contains(LocalDate.of(2051, 3, 1))).isTrue();
		assertThat(this.holidays.in(2050)).hasSizeGreaterThan(15);
	}

}
