package io.monitoringstack.doorayadapter.message;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimesTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final Times korean = new Times(new Texts(Language.KO), ZoneId.of("Asia/Seoul"), NOW);

	private final Times english = new Times(new Texts(Language.EN), ZoneId.of("UTC"), NOW);

	@ParameterizedTest
	@CsvSource({ "PT0S,0초,0s", "PT59.9S,59초,59s", "PT12M,12분,12m", "PT1H,1시간,1h", "PT1H6M59S,1시간 6분,1h 6m",
			"PT24H,1일,1d", "PT51H30M,2일 3시간,2d 3h", "P1000D,'1,000일','1,000d'" })
	void namesTheTwoLargestUnits(Duration duration, String inKorean, String inEnglish) {
		assertThat(this.korean.duration(duration)).isEqualTo(inKorean);
		assertThat(this.english.duration(duration)).isEqualTo(inEnglish);
	}

	@Test
	void showsTheZoneThatWasSetWhateverTheMachineHas() {
		assertThat(this.korean.moment(NOW)).isEqualTo("11월 21일(토) 21:00 KST");
		assertThat(this.english.moment(NOW)).isEqualTo("Sat 21 Nov 12:00 UTC");
	}

	@Test
	void changesTheDayAtMidnightInSeoul() {
		assertThat(this.korean.range(Instant.parse("2026-11-20T14:59:00Z"), Instant.parse("2026-11-20T15:00:00Z")))
			.isEqualTo("11월 20일(금) 23:59 ~ 11월 21일(토) 00:00 KST");
	}

	@Test
	void aDurationIsNeverNegative() {
		assertThat(Times.between(NOW, NOW.minusSeconds(5))).isZero();
	}

}
