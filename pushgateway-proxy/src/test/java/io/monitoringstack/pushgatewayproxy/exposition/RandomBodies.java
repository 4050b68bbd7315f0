package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Random;

/**
 * Makes bodies in the text format, from right to slightly wrong to nonsense. The same
 * seed gives the same bodies.
 */
public final class RandomBodies {

	private static final String[] NAMES = { "x", "x_count", "x_sum", "x_bucket", "y", "y_count", "a:b", "_z", "\"x\"",
			"\"u.v\"", "9x", "é", "push_time_seconds" };

	private static final String[] LABELS = { "a", "b", "le", "quantile", "job", "instance", "__a", "__name__", "\"a\"",
			"\"c.d\"", "1a", "" };

	private static final String[] VALUES = { "\"1\"", "\"2\"", "\"\"", "\"0.5\"", "\"+Inf\"", "\"NaN\"", "\"\\\\\"",
			"\"\\n\"", "\"\\\"\"", "\"\\x\"", "\"é\"", "1", "\"", "\"a\nb\"" };

	private static final String[] NUMBERS = { "1", "0", "-1", "1.5", "1e3", "NaN", "+Inf", "1e999", "0x1", "1_0", "",
			"abc", "-0", "1\r", "2.5e-3" };

	private static final String[] TYPES = { "counter", "gauge", "summary", "histogram", "untyped", "GAUGE", "unknown",
			"gauge ", "gau\\ge", "gaugehistogram", "" };

	private static final String[] NOISE = { " ", "\t", "\n", "{", "}", ",", "=", "\"", "#", "\\", "\r", "é", "\u0000" };

	private final Random random;

	public RandomBodies(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Makes the next body.
	 * @return a body of a few lines
	 */
	public String next() {
		StringBuilder body = new StringBuilder();
		for (int i = this.random.nextInt(6); i >= 0; i--) {
			line(body);
		}
		if (chance(8)) {
			int at = this.random.nextInt(body.length() + 1);
			body.insert(at, pick(NOISE));
		}
		if (chance(12) && body.length() > 0) {
			body.deleteCharAt(this.random.nextInt(body.length()));
		}
		return body.toString();
	}

	private void line(StringBuilder body) {
		switch (this.random.nextInt(10)) {
			case 0 -> body.append("# HELP ").append(name()).append(" some \\\\ text");
			case 1, 2 -> body.append("# TYPE ").append(name()).append(' ').append(mostly(TYPES, 6));
			case 3 -> body.append(chance(2) ? "" : "# note");
			case 4 -> {
				body.append('{').append(name());
				if (chance(2)) {
					body.append(',').append(label());
				}
				body.append("} ").append(mostly(NUMBERS, 7));
			}
			default -> sample(body);
		}
		body.append(chance(30) ? "" : "\n");
	}

	private void sample(StringBuilder body) {
		body.append(name());
		if (chance(2)) {
			body.append('{');
			for (int i = this.random.nextInt(3); i >= 0; i--) {
				body.append(label()).append((i > 0 || chance(5)) ? "," : "");
			}
			body.append('}');
		}
		body.append(chance(20) ? "  " : " ").append(mostly(NUMBERS, 7));
		if (chance(20)) {
			body.append(chance(2) ? " 1700000000000" : " ");
		}
	}

	private String label() {
		return mostly(LABELS, 6) + "=" + mostly(VALUES, 9);
	}

	private String name() {
		return mostly(NAMES, 9);
	}

	/**
	 * Picks one of the first entries, and seldom one of the odd ones behind them.
	 */
	private String mostly(String[] choices, int usual) {
		return choices[this.random.nextInt(chance(12) ? choices.length : Math.min(usual, choices.length))];
	}

	private String pick(String[] choices) {
		return choices[this.random.nextInt(choices.length)];
	}

	private boolean chance(int in) {
		return this.random.nextInt(in) == 0;
	}

}
