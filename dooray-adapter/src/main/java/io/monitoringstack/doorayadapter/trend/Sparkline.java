package io.monitoringstack.doorayadapter.trend;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Draws numbers with characters that every font has.
 */
final class Sparkline {

	private static final String BARS = "▁▂▃▄▅▆▇";

	/** Fewer tell nothing. */
	private static final int FEWEST = 5;

	private Sparkline() {
	}

	/**
	 * Draws them.
	 * @param values numbers in equal steps, NaN where there is none
	 * @return the line with the lowest and the highest number; empty when there are too
	 * few
	 */
	static String of(double[] values) {
		double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
		if (known.length < FEWEST) {
			return "";
		}
		double lowest = Arrays.stream(known).min().orElse(0);
		double highest = Arrays.stream(known).max().orElse(0);
		StringBuilder line = new StringBuilder();
		for (double value : values) {
			line.append(Double.isFinite(value) ? bar(value, lowest, highest) : '·');
		}
		String scale = (lowest == highest) ? show(lowest) : show(lowest) + " ~ " + show(highest);
		return line + " (" + scale + ")";
	}

	private static char bar(double value, double lowest, double highest) {
		double share = (highest > lowest) ? (value - lowest) / (highest - lowest) : 0;
		// The difference of two very large numbers may be infinite.
		int step = Double.isFinite(share) ? (int) Math.round(share * (BARS.length() - 1)) : 0;
		return BARS.charAt(step);
	}

	private static String show(double value) {
		BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
		boolean plain = rounded.signum() == 0 || (Math.abs(value) >= 0.0001 && Math.abs(value) < 1e9);
		return plain ? rounded.toPlainString() : rounded.toString();
	}

}
