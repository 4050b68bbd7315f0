package io.monitoringstack.doorayadapter.trend;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExpressionTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "up == 0; up", "rate(errors[5m]) > 0.05; rate(errors[5m])",
					"a{x=\"1 > 2 and\"} >= 1e3; a{x=\"1 > 2 and\"}",
					"cpu:ratio > scalar(threshold:cpu:ratio); cpu:ratio", "up; up", "a / b > 0.5; a / b",
					// Not separable without knowing the grammar: asked as it is.
					"a > 1 and b > 2; a > 1 and b > 2", "(a > 1); (a > 1)", "(a or b > 1); (a or b > 1)",
					"a > bool 1; a > bool 1", "1 < a; 1 < a", "a > b; a > b", "a unless b == 1; a unless b == 1" })
	void leavesOutAComparisonThatIsPlainToSee(String expression, String measured) {
		assertThat(Expression.of("http://prometheus:9090/graph?g0.expr="
				+ URLEncoder.encode(expression, StandardCharsets.UTF_8) + "&g0.tab=1"))
			.contains(measured);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://prometheus:9090/graph", "http://prometheus:9090/graph?g0.expr=&g0.tab=1",
			"http://grafana:3000/alerting/x/view?orgId=1", "not an address", "http://x/graph?g0.expr=%zz",
			"http://x/graph?g1.expr=up" })
	void findsNoneInOtherAddresses(String address) {
		assertThat(Expression.of(address)).isEmpty();
	}

	@Test
	void leavesTooLongOnesAlone() {
		assertThat(Expression.of("http://x/graph?g0.expr=" + "a".repeat(2001))).isEmpty();
		assertThat(Expression.of("http://x/graph?g0.expr=%22" + "a".repeat(1990) + "%22%3E1")).isPresent();
	}

	@Test
	void drawsNumbersWithTheirScale() {
		assertThat(Sparkline.of(new double[] { 0, 1, 2, 3, 4, 5, 6 })).isEqualTo("▁▂▃▄▅▆▇ (0 ~ 6)");
		assertThat(Sparkline.of(new double[] { 0.5, Double.NaN, 0.5, 0.5, 0.5, 0.5 })).isEqualTo("▁·▁▁▁▁ (0.5)");
		assertThat(Sparkline.of(new double[] { -1e300, 1e300, 0, 0, Double.MAX_VALUE }))
			.hasSize(5 + " (-1E+300 ~ 1.8E+308)".length());
		assertThat(Sparkline.of(new double[] { 1, 2, Double.POSITIVE_INFINITY, 3, Double.NaN })).isEmpty();
	}

}
