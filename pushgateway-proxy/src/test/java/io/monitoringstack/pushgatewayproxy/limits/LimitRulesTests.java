package io.monitoringstack.pushgatewayproxy.limits;

import io.monitoringstack.pushgatewayproxy.encoding.SizeLimit;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.monitoringstack.pushgatewayproxy.settings.InvalidSettingsException;
import io.monitoringstack.pushgatewayproxy.settings.SettingLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LimitRulesTests {

	private static final SizeLimit EVERYBODY = SizeLimit.forEverybody(10_485_760);

	@Test
	void theFirstPatternThatFitsTheJobCounts() {
		LimitRules rules = parse("# mine\nci-base series=10\nci-* size=1kb rate=10/s burst=20\n*  rate=60/m\n");
		assertThat(rules.find("ci-base")).satisfies((limit) -> {
			assertThat(limit.series()).isEqualTo(10);
			assertThat(limit.rate()).isNull();
			assertThat(limit.size(EVERYBODY)).isEqualTo(EVERYBODY);
		});
		assertThat(rules.find("ci-1")).satisfies((limit) -> {
			assertThat(limit.size(EVERYBODY).bytes()).isEqualTo(1024);
			assertThat(limit.size(EVERYBODY).remedy()).contains("\"ci-*\"", "line 3");
			assertThat(limit.rate()).isEqualTo(new PushRate("10/s", 100_000_000, 20));
		});
		assertThat(rules.find("x").rate()).isEqualTo(new PushRate("60/m", 1_000_000_000, 60));
		assertThat(parse("").find("x")).isNull();
	}

	@Test
	void namesTheNumberTheLimitAndWhoseItIs() {
		JobLimit limit = parse("ci-* series=10").find("ci-1");
		limit.checkSeries(10);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> limit.checkSeries(11))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(413))
			.satisfies((ex) -> assertThat(ex.refusal().text()).contains("11 series", "limit is 10", "\"ci-*\"",
					"line 1 of PUSH_LIMITS_FILE"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "ci|no limit follows", "series=5|first word", "ci series=|series= is not",
			"ci series=0|whole number", "ci series=1e3|whole number", "ci series=100001|PUSH_MAX_SERIES (100000)",
			"ci size=11MB|PUSH_MAX_BYTES (10485760)", "ci size=0|size=0 is not readable", "ci size=much|500KB",
			"ci size=99999999999999999999|500KB", "ci rate=10|10/s, 60/m or 5/h", "ci rate=0/s|from 1",
			"ci rate=1/d|10/s, 60/m", "ci burst=5|without rate=", "ci rate=1/s burst=0|whole number",
			"ci seires=5|\"seires\" is no limit", "ci series=5 series=6|twice" })
	void aLineThatIsNoneIsNamedWithTheRemedy(String line, String text) {
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> parse("a rate=1/s\n" + line))
			.withMessageContaining(text);
	}

	@Test
	void takesThousandLinesAndNotMore() {
		assertThat(parse("a rate=1/s\n".repeat(1000)).find("a")).isNotNull();
		assertThatExceptionOfType(InvalidSettingsException.class).isThrownBy(() -> parse("a rate=1/s\n".repeat(1001)));
	}

	private static LimitRules parse(String text) {
		return LimitRules.parse(SettingLine.read(text), DataSize.ofMegabytes(10), 100_000);
	}

}
