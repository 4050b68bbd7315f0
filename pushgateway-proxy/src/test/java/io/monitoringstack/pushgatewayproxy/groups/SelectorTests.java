package io.monitoringstack.pushgatewayproxy.groups;

import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SelectorTests {

	private static final GroupingKey GROUP = new GroupingKey(Map.of("job", "nightly", "path", "a\"b\\c"));

	@ParameterizedTest
	@ValueSource(strings = { "{job=\"nightly\"}", "job=\"nightly\"", "{ job = \"nightly\" , }",
			"{job=~\"night.*\",path!=\"x\"}", "{job=~\".+\"}", "{job=\"nightly\",instance=\"\"}",
			"{path=\"a\\\"b\\\\c\"}", "{job!~\"x|\",job!=\"other\"}" })
	void selectsTheGroup(String selector) {
		assertThat(Selector.parse(selector).matches(GROUP)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{job=\"night\"}", "{job=~\"night\"}", "{job=\"nightly\",path=\"\"}",
			"{job=~\".+\",job!=\"nightly\"}", "{instance=~\".+\"}" })
	void leavesTheGroup(String selector) {
		assertThat(Selector.parse(selector).matches(GROUP)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{job}", "{job=nightly}", "{job=\"nightly}", "{job=\"a\" path=\"b\"}",
			"{=\"a\"}", "{job=~\"(\"}", "{job!=\"nightly\"}", "{job=~\".*\"}", "{job~\"a\"}", "{job!\"a\"}",
			"x{job=\"a\"}" })
	void refusesWhatIsNotReadableOrWouldSelectEverything(String selector) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> Selector.parse(selector))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(400))
			.satisfies((ex) -> assertThat(ex.refusal().text()).contains("match[] is not readable"));
	}

	@Test
	void noPatternTakesForEver() {
		Selector selector = Selector.parse("{job=~\".*.*.*.*.*.*c\"}");
		GroupingKey key = new GroupingKey(Map.of("job", "a".repeat(60)));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> selector.matches(key))
			.satisfies((ex) -> assertThat(ex.refusal().text()).contains("takes too long"));
	}

}
