package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TextCheckTests {

	private static final ContentRules RULES = new ContentRules(Set.of("job", "zone"), false, 1000);

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "  ", "# anything\n", "#\n", "# HELP\n", "# TYPE x\n", "#HELP x y\n", "x 1\n",
			"x 1\n  ", "x{} 1\n", "x{a=\"b\"} 1\n", "x{a=\"b\",} 1\n", "x { a = \"b\" , c=\"d\" } 1\n", "x\t1\n",
			"x:y 1\n", "_x 1\n", "x +Inf\nx{a=\"1\"} -inf\nx{a=\"2\"} NaN\nx{a=\"3\"} Infinity\n",
			"x .5\nx{a=\"1\"} 5.\nx{a=\"2\"} 1e-400\nx{a=\"3\"} -0\n", "# HELP x a \\\\ b \\n c \\\" d\nx 1\n",
			"# HELP x one\r\nx 1\n", "# TYPE x GAUGE\nx 1\n", "# TYPE x gau\\ge\nx 1\n", "x{a=\"\\\\ \\\" \\n\"} 1\n",
			"x{a=\"가나\"} 1\n", "\"x\" 1\n", "{x} 1\n", "{x,a=\"b\"} 1\n", "{a=\"b\",\"x\"} 1\n", "x{\"a\"=\"b\"} 1\n",
			"x{le=\"nonsense\"} 1\n",
			"# TYPE s summary\ns{quantile=\"0.5\"} 1\ns{quantile=\"0.5\"} 2\ns_sum 3\ns_count 4\n",
			"# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n",
			"# TYPE h gaugehistogram\nh_bucket{le=\"1\"} 1\n", "x{job=\"other\"} 1\n",
			"push_time_seconds 1\npush_time_seconds 2\n", "x 1\n{} 2\n", "x{instance=\"a\"} 1\nx 1\n",
			"x_count 1\n# TYPE x gauge\nx 1\n" })
	void acceptsWhatPushgatewayReads(String body) {
		assertThat(check(body)).isNotNull();
	}

	@Test
	void countsSamples() {
		assertThat(check("# HELP x y\nx 1\nx{a=\"b\"} 2\n\ny 3\n").series()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "x 1|newline|1|4|--data-binary",
			"# comment|newline|1|10|newline", "x{a=\"b|newline|1|7|newline", "x 1\\r\\n|syntax|1|3|CR LF",
			"\\r\\n|syntax|1|1|CR LF", "# TYPE x gauge\\r\\n|syntax|1|10|CR LF", "x 1 \\n|syntax|1|4|blank",
			"x 1 1700000000000\\n|timestamp|1|5|Remove the number",
			"x 1 # {trace_id=\"1\"} 2\\n|syntax|1|5|Exemplars belong to OpenMetrics",
			"y 1\\nx 1,5\\n|syntax|2|3|without units or separators", "x 0x10\\n|syntax|1|3|number",
			"x 1_000\\n|syntax|1|3|number", "x 1e400\\n|syntax|1|3|number", "x +NaN\\n|syntax|1|3|number",
			"x\\n|syntax|1|2|needs a number", "x 3b 4\\n|syntax|1|3|--data-binary",
			"9x 1\\n|syntax|1|1|does not start with a digit", "x-y 1\\n|syntax|1|2|number",
			"x{a=b} 1\\n|syntax|1|5|between double quotes", "x{a} 1\\n|syntax|1|4|name=\"value\"",
			"x{=\"b\"} 1\\n|syntax|1|3|label name", "x{a=\"b\" c=\"d\"} 1\\n|syntax|1|9|comma",
			"x{a=\"b\",a=\"c\"} 1\\n|syntax|1|9|once", "x{a=\"\\\\x\"} 1\\n|syntax|1|6|backslash",
			"x{a=\"b\\n\"} 1\\n|syntax|1|5|same line", "x{__name__=\"y\"} 1\\n|syntax|1|3|reserved",
			"x{__a=\"y\"} 1\\n|conflict|1|1|reserved", "\"a.b\" 1\\n|syntax|1|1|--push.enable-utf8-names",
			"x{\"a.b\"=\"c\"} 1\\n|syntax|1|3|--push.enable-utf8-names", "# TYPE x unknown\\n|syntax|1|10|OpenMetrics",
			"# TYPE x gauge \\n|syntax|1|10|blank at the end", "# TYPE x info\\n|syntax|1|10|OpenMetrics",
			"# TYPE x-y gauge\\n|syntax|1|9|metric name", "x 1\\n# TYPE x gauge\\n|syntax|2|1|before its first sample",
			"# HELP x a\\n# HELP x b\\n|syntax|2|1|one HELP line", "# HELP x a \\\\d\\n|syntax|1|12|backslash",
			"{} 1\\n|syntax|1|2|front of the brace", "{a=\"b\"} 1\\n|syntax|1|7|front of the brace",
			"x 1\\ny 2\\nx 3\\n|duplicate|3|1|line 1", "x 1\\nx{instance=\"\"} 3\\n|duplicate|2|1|line 1",
			"x{a=\"1\",b=\"2\"} 1\\nx{b=\"2\",a=\"1\"} 3\\n|duplicate|2|1|line 1",
			"x{zone=\"1\"} 1\\nx{zone=\"2\"} 3\\n|duplicate|2|1|labels of the path overwrite",
			"# TYPE h histogram\\nh_count{job=\"a\"} 1\\nh_count{job=\"b\"} 3\\n|duplicate|3|1|overwrite",
			"# TYPE h histogram\\nh_bucket{le=\"x\"} 1\\n|syntax|2|14|number",
			"# TYPE h histogram\\nh_bucket{le=\"1\"} -1\\n|syntax|2|18|never negative",
			"# TYPE g gauge\\n# TYPE s summary\\n# TYPE g2 gauge\\n{s,a=\"b\"} 1\\n|syntax|4|4|front of the brace" })
	void refusesWhatPushgatewayRefusesAndSaysWhereAndWhy(String body, String reason, int line, int column,
			String remedy) {
		RefusedException refused = refused(body.translateEscapes());
		assertThat(refused.refusal().status()).isEqualTo(400);
		assertThat(refused.refusal().reason().label()).isEqualTo(reason);
		assertThat(refused.refusal().text()).contains("line " + line + ",")
			.contains("column " + column + ":")
			.contains(remedy);
	}

	@Test
	void refusesAFamilyThatTakesTheNameOfAHistogramsPart() {
		RefusedException refused = refused("h_sum 1\n# TYPE h histogram\nh_bucket{le=\"1\"} 1\n");
		assertThat(refused.refusal().reason()).isEqualTo(Reason.CONFLICT);
		assertThat(refused.refusal().text()).contains("h_sum").contains("TYPE line before");
	}

	@Test
	void refusesBytesThatAreNotUtf8() {
		byte[] body = "x{a=\"é\"} 1\n".getBytes(StandardCharsets.ISO_8859_1);
		RefusedException refused = catchThrowableOfType(RefusedException.class,
				() -> ContentCheck.check(ContentKind.TEXT, body, body.length, RULES));
		assertThat(refused.refusal().text()).contains("not valid UTF-8");
	}

	@Test
	void showsOffendingTextShortAndPrintable() {
		RefusedException refused = refused("x \u0007\u001b[31m" + "y".repeat(5000) + "\n");
		assertThat(refused.refusal().text()).contains("\\u{7}\\u{1b}[31my")
			.doesNotContain("\u001b")
			.hasSizeLessThan(600);
	}

	@Test
	void countsColumnsInCharacters() {
		assertThat(refused("x{a=\"가나다\"} y\n").refusal().text()).contains("column 12");
	}

	@Test
	void refusesMoreSeriesThanAllowed() {
		ContentRules three = new ContentRules(Set.of("job"), false, 3);
		byte[] body = "a 1\nb 1\nc 1\nd 1\n".getBytes(StandardCharsets.UTF_8);
		RefusedException refused = catchThrowableOfType(RefusedException.class,
				() -> ContentCheck.check(ContentKind.TEXT, body, body.length, three));
		assertThat(refused.refusal().status()).isEqualTo(413);
		assertThat(refused.refusal().text()).contains("more than 3 series").contains("PUSH_MAX_SERIES");
		assertThat(ContentCheck.check(ContentKind.TEXT, body, 12, three).series()).isEqualTo(3);
	}

	@Test
	void acceptsUtf8NamesWhereTheyAreSwitchedOn() {
		ContentRules utf8 = new ContentRules(Set.of("job"), true, 10);
		byte[] body = "{\"a.b\",\"c.d\"=\"e\"} 1\n".getBytes(StandardCharsets.UTF_8);
		assertThat(ContentCheck.check(ContentKind.TEXT, body, body.length, utf8).series()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "<html><body>hi</body></html>|HTML", "{\"a\": 1}|JSON",
			"[1, 2]\\n|JSON", "--xyz\\r\\nContent-Disposition: form-data\\r\\n|multipart" })
	void recognisesOtherFormats(String body, String name) {
		assertThat(refused(body.translateEscapes()).refusal().text()).contains(name);
	}

	@Test
	void recognisesOtherEncodings() {
		assertThat(refused("\ufeffx 1\n").refusal().text()).contains("byte order mark");
		for (Charset charset : Set.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
			byte[] body = "x 1\n".getBytes(charset);
			RefusedException refused = catchThrowableOfType(RefusedException.class,
					() -> ContentCheck.check(ContentKind.TEXT, body, body.length, RULES));
			assertThat(refused.refusal().text()).contains("UTF-16");
		}
	}

	private static PushContent check(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return ContentCheck.check(ContentKind.TEXT, bytes, bytes.length, RULES);
	}

	private static RefusedException refused(String body) {
		RefusedException refused = catchThrowableOfType(RefusedException.class, () -> check(body));
		assertThat(refused).as("refusal of %s", body).isNotNull();
		return refused;
	}

}
