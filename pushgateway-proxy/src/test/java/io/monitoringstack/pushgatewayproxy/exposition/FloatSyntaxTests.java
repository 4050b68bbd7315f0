package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FloatSyntaxTests {

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "-1", "+1", "1.", ".1", "1.5e3", "1E+05", "1e-999", "1e308",
			"-1.7976931348623157e308", "inf", "+Inf", "-INFINITY", "nan", "NaN", "0e99999", "00012", "1e0000000001" })
	void acceptsGoDecimals(String number) {
		assertThat(isFloat(number)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "+", "-", ".", "e1", "1e", "1e+", "1.5.2", "1,5", "0x1", "0x1p3", "1_0", "1d", "1f",
			"+nan", "-NaN", "in", "infinit", "infinityy", "1e309", "-1e309", "١", "1 ", "--1", "1e5.0", "NaN1" })
	void refusesEverythingElse(String number) {
		assertThat(isFloat(number)).isFalse();
	}

	@Test
	void refusesDigitsThatOverflow() {
		assertThat(isFloat("9".repeat(308))).isTrue();
		assertThat(isFloat("9".repeat(310))).isFalse();
		assertThat(isFloat("9".repeat(250) + "e60")).isFalse();
		assertThat(isFloat("0." + "0".repeat(400) + "1e700")).isTrue();
	}

	@Test
	void agreesWithTheJdkOnPlainDecimals() {
		Random random = new Random(3);
		String alphabet = "0123456789.eE+-";
		for (int i = 0; i < 100_000; i++) {
			StringBuilder number = new StringBuilder();
			for (int j = 1 + random.nextInt(7); j > 0; j--) {
				number.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			assertThat(isFloat(number.toString())).as(number.toString()).isEqualTo(isFinite(number.toString()));
		}
	}

	private static boolean isFloat(String number) {
		byte[] bytes = number.getBytes(StandardCharsets.UTF_8);
		return FloatSyntax.isFloat(bytes, 0, bytes.length);
	}

	private static boolean isFinite(String number) {
		try {
			return Double.isFinite(Double.parseDouble(number));
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

}
