package io.monitoringstack.demoapp.chaos;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A number that makes a switch stronger or weaker.
 *
 * @param name name in requests
 * @param min least value
 * @param max greatest value
 * @param value value when none is given
 */
public record ChaosParameter(String name, double min, double max, @JsonProperty("default") double value) {

	double parse(String text) {
		double number;
		try {
			number = new BigDecimal(text.strip()).doubleValue();
		}
		catch (NumberFormatException ex) {
			throw new InvalidChaosException("'%s' must be a number".formatted(this.name));
		}
		if (number < this.min || number > this.max) {
			throw new InvalidChaosException(
					"'%s' must be between %s and %s".formatted(this.name, plain(this.min), plain(this.max)));
		}
		return number;
	}

	private static String plain(double number) {
		return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

}
