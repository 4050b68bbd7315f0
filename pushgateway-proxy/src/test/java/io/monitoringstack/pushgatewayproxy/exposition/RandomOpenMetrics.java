package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Random;

/**
 * Makes bodies in OpenMetrics, from right to slightly wrong to nonsense. The same seed
 * gives the same bodies.
 */
public final class RandomOpenMetrics {

	private static final String[] NAMES = { "x", "y", "x_total", "x_count", "a:b", "\"u.v\"", "\"x\"", "9x", "é", "" };

	private static final String[] TYPES = { "counter", "gauge", "histogram", "summary", "info", "stateset",
			"gaugehistogram", "unknown", "untyped", "Counter", "" };

	private static final String[] SUFFIXES = { "", "_total", "_created", "_bucket", "_sum", "_count", "_info",
			"_gcount", "_gsum" };

	private static final String[] LABELS = { "a=\"1\"", "a=\"2\"", "b=\"x y\"", "le=\"1\"", "le=\"+Inf\"",
			"quantile=\"0.5\"", "c=\"}# {\"", "d=\"\\\"\\\\\\n\"", "\"e.f\"=\"1\"", "a=\"", "a=1", "__a=\"1\"" };

	private static final String[] VALUES = { "1", "0", "2.5e-3", "NaN", "+Inf", "1e999", "-1", "1s", "", "# {} 1" };

	private static final String[] TAILS = { "", "", "", "", " # {trace=\"1\"} 1", " # {trace=\"}\"} 1 1.5", " # {} 1",
			" 1700000000", " 1.5 # {} 1", " ", " # {", " #", " # x" };

	private static final String[] NOISE = { " ", "\t", "\n", "{", "}", ",", "\"", "#", "\\", "\r", "# EOF\n",
			"\u0000" };

	private final Random random;

	public RandomOpenMetrics(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Makes the next body.
	 * @return a body of a few families
	 */
	public String next() {
		StringBuilder body = new StringBuilder();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			family(body);
		}
		body.append(chance(20) ? "" : "# EOF").append(chance(6) ? "" : "\n");
		if (chance(8)) {
			body.insert(this.random.nextInt(body.length() + 1), pick(NOISE, NOISE.length));
		}
		if (chance(12) && body.length() > 0) {
			body.deleteCharAt(this.random.nextInt(body.length()));
		}
		return body.toString();
	}

	private void family(StringBuilder body) {
		String name = pick(NAMES, 6);
		String type = pick(TYPES, 8);
		String help = "# HELP " + name + " text \\\"a\\\" \\\\ \\n\n";
		String unit = "# UNIT " + name + " seconds\n";
		boolean helpFirst = chance(2);
		body.append((helpFirst && chance(2)) ? help : "").append(chance(4) ? unit : "");
		body.append(chance(6) ? "" : "# TYPE " + name + " " + type + "\n");
		body.append(helpFirst ? "" : help);
		for (int i = this.random.nextInt(4); i > 0; i--) {
			sample(body, name, suffix(type));
		}
	}

	private String suffix(String type) {
		if (chance(8)) {
			return pick(SUFFIXES, SUFFIXES.length);
		}
		return switch (type) {
			case "counter" -> chance(3) ? "_created" : "_total";
			case "info" -> "_info";
			case "histogram" -> pick(new String[] { "_bucket", "_count", "_sum", "_created" }, 4);
			case "summary" -> pick(new String[] { "", "_count", "_sum", "_created" }, 4);
			case "gaugehistogram" -> pick(new String[] { "_bucket", "_gcount", "_gsum" }, 3);
			default -> "";
		};
	}

	private void sample(StringBuilder body, String name, String suffix) {
		StringBuilder labels = new StringBuilder();
		for (int i = this.random.nextInt(3); i > 0; i--) {
			labels.append((labels.length() > 0) ? "," : "").append(pick(LABELS, 9));
		}
		if ("_bucket".equals(suffix) && labels.indexOf("le=") < 0) {
			labels.append((labels.length() > 0) ? "," : "").append("le=\"" + this.random.nextInt(3) + "\"");
		}
		if (name.startsWith("\"")) {
			String inside = name.substring(0, name.length() - 1) + suffix + '"';
			body.append('{').append(inside).append((labels.length() > 0) ? "," : "").append(labels).append('}');
		}
		else {
			body.append(name).append(suffix);
			if (labels.length() > 0 || chance(5)) {
				body.append('{').append(labels).append('}');
			}
		}
		body.append(' ').append(pick(VALUES, 5)).append(pick(TAILS, 7)).append('\n');
	}

	/**
	 * Picks one of the first entries, and seldom one of the odd ones behind them.
	 */
	private String pick(String[] choices, int usual) {
		return choices[this.random.nextInt(chance(15) ? choices.length : Math.min(usual, choices.length))];
	}

	private boolean chance(int in) {
		return this.random.nextInt(in) == 0;
	}

}
