package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Decides whether bytes are a number for Pushgateway: a decimal as Go reads it, without
 * hexadecimal and underscores. A number beyond the range of a double is none.
 */
final class FloatSyntax {

	/** No number with fewer digits before the point, exponent included, overflows. */
	private static final int SURELY_IN_RANGE = 300;

	private FloatSyntax() {
	}

	static boolean isFloat(byte[] in, int from, int to) {
		int i = from;
		if (i < to && (in[i] == '+' || in[i] == '-')) {
			i++;
		}
		if (i == to) {
			return false;
		}
		if (in[i] > '9') {
			return isSpecial(in, from, i, to);
		}
		int digits = 0;
		int magnitude = 0;
		for (; i < to && isDigit(in[i]); i++) {
			digits++;
			magnitude++;
		}
		if (i < to && in[i] == '.') {
			for (i++; i < to && isDigit(in[i]); i++) {
				digits++;
			}
		}
		if (digits == 0) {
			return false;
		}
		if (i == to) {
			return magnitude < SURELY_IN_RANGE || isFinite(in, from, to);
		}
		return isExponent(in, i, to) && (isSurelyInRange(in, i, to, magnitude) || isFinite(in, from, to));
	}

	/**
	 * Reads a number that {@link #isFloat} has accepted.
	 * @param in array that holds it
	 * @param from first byte
	 * @param to byte after the last
	 * @return its value
	 */
	static double value(byte[] in, int from, int to) {
		int first = (in[from] == '+' || in[from] == '-') ? from + 1 : from;
		if ((in[first] | 0x20) == 'i') {
			return (in[from] == '-') ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
		}
		if ((in[first] | 0x20) == 'n') {
			return Double.NaN;
		}
		return Double.parseDouble(new String(in, from, to - from, StandardCharsets.US_ASCII));
	}

	private static boolean isExponent(byte[] in, int at, int to) {
		int i = at;
		if ((in[i] | 0x20) != 'e') {
			return false;
		}
		i++;
		if (i < to && (in[i] == '+' || in[i] == '-')) {
			i++;
		}
		int first = i;
		while (i < to && isDigit(in[i])) {
			i++;
		}
		return i > first && i == to;
	}

	private static boolean isSurelyInRange(byte[] in, int exponentAt, int to, int magnitude) {
		boolean twoDigits = to - exponentAt <= 3;
		return magnitude < 200 && (twoDigits || in[exponentAt + 1] == '-');
	}

	private static boolean isFinite(byte[] in, int from, int to) {
		return Double.isFinite(value(in, from, to));
	}

	private static boolean isSpecial(byte[] in, int from, int word, int to) {
		boolean signed = word > from;
		return matches(in, word, to, "inf") || matches(in, word, to, "infinity")
				|| (!signed && matches(in, word, to, "nan"));
	}

	private static boolean matches(byte[] in, int from, int to, String lowerCase) {
		if (to - from != lowerCase.length()) {
			return false;
		}
		for (int i = from; i < to; i++) {
			if ((in[i] | 0x20) != lowerCase.charAt(i - from)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isDigit(byte b) {
		return b >= '0' && b <= '9';
	}

}
