package io.monitoringstack.pushgatewayproxy.groups;

import java.time.Duration;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TtlRulesTests {

	@Test
	void groupsLiveForEverUnlessSomethingElseIsSaid() {
		TtlRules rules = new TtlRules(Duration.ZERO, "");
		assertThat(rules.isActive()).isFalse();
		assertThat(rules.shortest()).isNull();
		assertThat(rules.ttl(job("a"))).isZero();
	}

	@Test
	void theFirstPatternThatFitsTheJobCounts() {
		TtlRules rules = new TtlRules(Duration.ofDays(7), "ci-base=never, ci-*=1h ,*-nightly=48h");
		assertThat(rules.ttl(job("ci-base"))).isZero();
		assertThat(rules.ttl(job("ci-nightly"))).isEqualTo(Duration.ofHours(1));
		assertThat(rules.ttl(job("db-nightly"))).isEqualTo(Duration.ofHours(48));
		assertThat(rules.ttl(job("nightly"))).isEqualTo(Duration.ofDays(7));
		assertThat(rules.shortest()).isEqualTo(Duration.ofHours(1));
		assertThat(rules.isActive()).isTrue();
		assertThat(new TtlRules(Duration.ZERO, "a.c=1h").ttl(job("abc"))).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a=", "=1h", "a=soon", "a=5s", "a=-1h", "a=1h,b" })
	void aRuleThatIsNoneStopsTheStart(String rules) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TtlRules(Duration.ZERO, rules))
			.withMessageContaining("PUSH_TTL_JOBS");
	}

	@Test
	void aLifeBelowAMinuteStopsTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TtlRules(Duration.ofSeconds(59), ""))
			.withMessageContaining("PUSH_TTL");
	}

	@ParameterizedTest
	@CsvSource({ "90m,5400", "36h,129600", "7d,604800", "120,120", "never,0", "NEVER,0", "0,0" })
	void readsTheHeader(String value, long seconds) {
		assertThat(TtlHeader.read(value)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@Test
	void refusesAHeaderThatIsNoTime() {
		assertThat(TtlHeader.read(null)).isNull();
		for (String value : new String[] { "", "soon", "5s", "-3h", "999999999999999999d", "1h30m" }) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> TtlHeader.read(value))
				.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(400));
		}
	}

	private static GroupingKey job(String job) {
		return new GroupingKey(Map.of("job", job));
	}

}
