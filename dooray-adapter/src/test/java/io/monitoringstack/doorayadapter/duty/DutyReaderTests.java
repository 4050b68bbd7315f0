package io.monitoringstack.doorayadapter.duty;

import java.time.ZonedDateTime;
import java.util.List;

import io.monitoringstack.doorayadapter.duty.DutyTable.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DutyReaderTests {

	private static final String TABLE = """
			label: squad
			place: front
			hours: 08:30-17:30
			holidays: [2026-12-31]
			workdays: [2026-05-01]
			teams:
			  Payments:
			    weekday: '[@Kim](dooray://1/members/2 "member")'
			    night: ["@Lee", "010-1234-5678"]
			    holiday: "@Park"
			  default:
			    always: "@ops"
			""";

	@ParameterizedTest
	@CsvSource({ "2026-11-27T08:30+09:00, WEEKDAY, a Friday", "2026-11-27T17:29:59+09:00, WEEKDAY, a Friday",
			"2026-11-27T17:30+09:00, NIGHT, after work", "2026-11-27T08:29:59+09:00, NIGHT, before work",
			"2026-11-28T12:00+09:00, WEEKEND, a Saturday", "2026-11-29T03:00+09:00, WEEKEND, a Sunday night",
			"2026-12-25T12:00+09:00, HOLIDAY, Christmas", "2026-10-05T12:00+09:00, HOLIDAY, a substitute",
			"2026-09-26T12:00+09:00, HOLIDAY, Chuseok on a Saturday", "2026-12-31T12:00+09:00, HOLIDAY, of the table",
			"2026-05-01T12:00+09:00, WEEKDAY, a holiday on which we work" })
	void theTimeDecides(ZonedDateTime time, Period period, String why) throws Exception {
		assertThat(DutyReader.read(TABLE).period(time)).as(why).isEqualTo(period);
	}

	@ParameterizedTest
	@CsvSource({ "payments, WEEKDAY, '[@Kim](dooray://1/members/2 \"member\")'",
			"payments, NIGHT, '@Lee 010-1234-5678'", "payments, WEEKEND, '@Lee 010-1234-5678'",
			"payments, HOLIDAY, @Park", "PAYMENTS, HOLIDAY, @Park", "nobody-knows, WEEKDAY, @ops",
			"'', HOLIDAY, @ops" })
	void theTeamAndTheTimeSayWhomAsItIsWritten(String value, Period period, String mentions) throws Exception {
		DutyTable table = DutyReader.read(TABLE);
		assertThat(String.join(" ", table.mentions(table.team(value), period))).isEqualTo(mentions);
		assertThat(table.label()).isEqualTo("squad");
		assertThat(table.front()).isTrue();
	}

	@Test
	void aTeamMayHaveNobody() throws Exception {
		DutyTable table = DutyReader.read("teams: {a: {night: x, weekend: []}, b: }");
		assertThat(table.mentions("a", Period.WEEKDAY)).isEmpty();
		assertThat(table.mentions("a", Period.WEEKEND)).isEmpty();
		assertThat(table.mentions("b", Period.NIGHT)).isEqualTo(List.of());
		assertThat(table.team("c")).isEmpty();
		assertThat(table.period(ZonedDateTime.parse("2026-11-27T09:00+09:00"))).isEqualTo(Period.WEEKDAY);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "teams: {a: {nigth: x}} | teams.a.nigth is not known: weekday, night",
			"team: {a: {night: x}} | team is not known: label, place", "{} | teams is missing",
			"teams: [a] | teams is a table of names", "teams: {a: @kim} | line 1 is not YAML",
			"teams: {a: {night: [@kim]}} | begins with @ or [ needs quotes",
			"teams: {a: {night: [[x](y)]}} | line 1 is not YAML", "teams: {a: {night: [[x]]}} | is a text in one line",
			"teams: {a: {night: {b: c}}} | teams.a.night is a text or a list",
			"teams: {a: {night: x, night: y}} | line 1 is not YAML",
			"teams: {a: {night: x}, A: {night: y}} | teams.a is there twice",
			"{hours: 18-9, teams: {a: {night: x}}} | hours is begin and end",
			"{hours: 18:00-09:00, teams: {a: {night: x}}} | hours is begin and end",
			"{place: top, teams: {a: {night: x}}} | place is line",
			"{holidays: [Christmas], teams: {a: {night: x}}} | holidays holds what is no date",
			"!!java.net.URL [x] | line 1 is not YAML" })
	void saysWhatIsWrong(String yaml, String sentence) {
		assertThatExceptionOfType(InvalidDutyException.class).isThrownBy(() -> DutyReader.read(yaml))
			.withMessageContaining(sentence);
	}

	@Test
	void aMentionIsNoBook() {
		assertThatExceptionOfType(InvalidDutyException.class)
			.isThrownBy(() -> DutyReader.read("teams: {a: {night: " + "x".repeat(501) + "}}"))
			.withMessage("teams.a.night has more than 500 characters.");
	}

}
