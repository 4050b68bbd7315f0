package io.monitoringstack.doorayadapter.digest;

import java.time.DayOfWeek;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DigestPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "9:00, all, http://alertmanager:9093, DIGEST_TIMES has to be times",
			"25:00, all, http://alertmanager:9093, DIGEST_TIMES has to be times",
			"09:00, all, '', DIGEST_TIMES is set: set ALERTMANAGER_URL too",
			"09:00, someday, http://alertmanager:9093, DIGEST_DAYS has to be",
			"09:00, m, http://alertmanager:9093, DIGEST_DAYS has to be",
			"09:00, all, ftp://u:S3CR3T@a, ALERTMANAGER_URL has to be an address" })
	void saysWhatIsWrong(String times, String days, String url, String sentence) {
		assertThatIllegalArgumentException().isThrownBy(() -> properties(times, days, url))
			.withMessageContaining(sentence)
			.withMessageNotContaining("S3CR3T");
	}

	@Test
	void isOffUnlessTimesAreSet() {
		DigestProperties off = new DigestProperties(List.of(""), "", List.of(""), " ", null);
		assertThat(off.clock()).isEmpty();
		assertThat(off.alertmanager()).isNull();
		assertThat(off.weekdays()).hasSize(7);
	}

	@Test
	void knowsItsDays() {
		assertThat(properties("09:00", "mon", "http://a:1").weekdays()).containsExactly(DayOfWeek.MONDAY);
		assertThat(properties("09:00", "workdays", "http://a:1").workdaysOnly()).isTrue();
		assertThat(properties("09:00", "workdays", "http://a:1").weekdays()).hasSize(7);
		assertThat(properties("09:00", "all", "http://u:S3CR3T@a:1")).asString().doesNotContain("S3CR3T");
		assertThat(properties("09:00", "all", "http://a:1/alertmanager").alertmanager())
			.hasToString("http://a:1/alertmanager/");
	}

	private static DigestProperties properties(String times, String days, String url) {
		return new DigestProperties(List.of(times), "ops", List.of(days), url, null);
	}

}
