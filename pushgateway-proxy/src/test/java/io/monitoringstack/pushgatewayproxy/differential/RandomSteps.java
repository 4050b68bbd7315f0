package io.monitoringstack.pushgatewayproxy.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.monitoringstack.pushgatewayproxy.exposition.ProtobufBodies;
import io.monitoringstack.pushgatewayproxy.exposition.RandomBodies;

/**
 * Makes sequences of pushes, deletes and restarts over few groups, names and labels, so
 * that they get into each other's way. The same seed gives the same sequences.
 * <p>
 * Left out is what a checking Pushgateway decides by chance, namely by the order of a Go
 * map: families of one name where only some have samples and the types differ, metrics of
 * several types, and families that hold a metric of another type while another group has
 * the name as that type (EdgeCheckIT shows it). Families that hold a metric of another
 * type have names of their own, each with one type. Left out, too, are the few bodies
 * that the proxy refuses on purpose although Pushgateway takes them (EdgeCheckIT).
 */
final class RandomSteps {

	static final String[] GROUPS = { "job/a", "job/a/instance/i", "job/a/instance@base64/=", "job/a/l/1",
			"job/a/l/1/m/2", "job/a/m/2/l/1", "job/a/l@base64/=", "job/b", "job/b/instance/i", "job@base64/YQ",
			"job/b/l/x%20y%25", "job/a%2Bb", "job/c/type/1/labels/2", "job/%EC%95%8C%EB%A6%BC/l@base64/7JWM66a8" };

	private static final String[] NAMES = { "x", "y", "x_count", "x_sum", "x_bucket", "y_count", "y_total", "z:r",
			"push_time_seconds", "push_failure_time_seconds", "push_time_seconds_count", "go_info", "go_goroutines",
			"go_gc_duration_seconds", "go_gc_duration_seconds_sum", "process_cpu_seconds_total",
			"pushgateway_http_requests_total", "pushgateway_build_info_count", "labels", "last_push_successful" };

	private static final String[] LABELS = { "l", "m", "instance", "job", "k", "type", "le", "quantile", "__r" };

	private static final String[] VALUES = { "1", "2", "i", "", "x y", "알림", "a\\b" };

	/** The place of a name is the number of the only type it has. */
	private static final String[] ODD_NAMES = { "odd", "odd_count", "odd_bucket", "even_sum", "even" };

	private static final String[] TYPES = { "counter", "gauge", "summary", "untyped", "histogram" };

	private final Random random;

	private final RandomBodies bodies;

	RandomSteps(long seed) {
		this.random = new Random(seed);
		this.bodies = new RandomBodies(seed);
	}

	List<Step> sequence(int length, boolean restarts) {
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < length; i++) {
			steps.add((restarts && chance(150)) ? Step.restart() : step());
		}
		return steps;
	}

	private Step step() {
		Step step = anyStep();
		// Refused on purpose, see GroupPush.
		while (step.path().endsWith("/instance@base64/=")
				&& new String(step.body(), StandardCharsets.UTF_8).contains("labels")) {
			step = anyStep();
		}
		return step;
	}

	private Step anyStep() {
		String path = "/metrics/" + mostly(GROUPS, 8);
		if (chance(8)) {
			return Step.delete(path);
		}
		boolean protobuf = chance(3);
		byte[] body = protobuf ? protobuf() : text().getBytes(StandardCharsets.UTF_8);
		return new Step(chance(3) ? "PUT" : "POST", path, protobuf, chance(10), body);
	}

	private String text() {
		if (chance(6)) {
			String odd = this.bodies.next();
			boolean leftOut = ("\n" + odd.replaceAll("[ \t]", "")).contains("\n{") || odd.contains("gaugehistogram");
			if (!leftOut) {
				return odd;
			}
		}
		StringBuilder body = new StringBuilder();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			family(body);
		}
		return body.toString();
	}

	private void family(StringBuilder body) {
		String name = mostly(NAMES, 6);
		String type = mostly(TYPES, 4);
		if (chance(4)) {
			body.append("# HELP ").append(name).append(" text ").append(this.random.nextInt(3)).append('\n');
		}
		if (!chance(4)) {
			body.append("# TYPE ").append(name).append(' ').append(type).append('\n');
		}
		else {
			type = "untyped";
		}
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			String labels = labels();
			String comma = labels.isEmpty() ? "" : ",";
			switch (type) {
				case "histogram" -> body.append(name + "_bucket{" + labels + comma + "le=\"1\"} 1\n")
					.append(name + "_bucket{" + labels + comma + "le=\"+Inf\"} 2\n")
					.append(name + "_sum{" + labels + "} 3\n")
					.append(name + "_count{" + labels + "} 2\n");
				case "summary" -> body.append(name + "{" + labels + comma + "quantile=\"0.5\"} 1\n")
					.append(name + "_sum{" + labels + "} 3\n")
					.append(name + "_count{" + labels + "} 2\n");
				default -> body.append(name)
					.append(labels.isEmpty() ? "" : "{" + labels + "}")
					.append(' ')
					.append(this.random.nextInt(5))
					.append(chance(60) ? " 1700000000000" : "")
					.append('\n');
			}
		}
	}

	private String labels() {
		StringBuilder labels = new StringBuilder();
		List<String> used = new ArrayList<>();
		for (int i = this.random.nextInt(4) - 1; i > 0; i--) {
			String name = mostly(LABELS, 5);
			if (used.contains(name) && !chance(10)) {
				continue;
			}
			used.add(name);
			labels.append((labels.length() > 0) ? "," : "")
				.append(name)
				.append("=\"")
				.append(mostly(VALUES, 3).replace("\\", "\\\\"))
				.append('"');
		}
		return labels.toString();
	}

	private byte[] protobuf() {
		byte[][] families = new byte[this.random.nextInt(4)][];
		for (int i = 0; i < families.length; i++) {
			families[i] = chance(5) ? sometimesEmpty() : protobufFamily();
		}
		return ProtobufBodies.delimited(families);
	}

	// Always of the same type, so that it does not matter which of them comes first.
	private byte[] sometimesEmpty() {
		byte[] metric = ProtobufBodies.gauge(this.random.nextInt(5), "k", "" + this.random.nextInt(2));
		return switch (this.random.nextInt(3)) {
			case 0 -> ProtobufBodies.family("t1", ProtobufBodies.GAUGE);
			case 1 -> ProtobufBodies.family("t1", ProtobufBodies.GAUGE, metric);
			default -> chance(2) ? ProtobufBodies.family("t2", 4)
					: ProtobufBodies.family("t2_count", ProtobufBodies.GAUGE, metric);
		};
	}

	private byte[] protobufFamily() {
		boolean odd = chance(20);
		int name = this.random.nextInt(ODD_NAMES.length);
		int type = odd ? name : this.random.nextInt(chance(3) ? 5 : 2);
		byte[][] metrics = new byte[1 + this.random.nextInt(3)][];
		for (int i = 0; i < metrics.length; i++) {
			List<String> pairs = new ArrayList<>();
			for (int j = this.random.nextInt(3); j > 0; j--) {
				pairs.add(mostly(LABELS, 5));
				pairs.add(mostly(VALUES, 3));
			}
			String[] labels = pairs.toArray(String[]::new);
			metrics[i] = (type == 4 && chance(2)) ? nativeHistogram(labels) : ProtobufBodies
				.metric((odd && chance(2)) ? this.random.nextInt(5) : type, this.random.nextInt(5), labels);
			if (chance(60)) {
				metrics[i] = ProtobufBodies.withTimestamp(metrics[i]);
			}
		}
		return ProtobufBodies.family(odd ? ODD_NAMES[name] : mostly(NAMES, 6), type, metrics);
	}

	/**
	 * A histogram of one span with two buckets.
	 */
	static byte[] nativeHistogram(String... labels) {
		ByteArrayOutputStream span = new ByteArrayOutputStream();
		ProtobufBodies.number(span, 1, 0);
		ProtobufBodies.number(span, 2, 2);
		ByteArrayOutputStream histogram = new ByteArrayOutputStream();
		ProtobufBodies.number(histogram, 1, 3);
		ProtobufBodies.number(histogram, 5, 2);
		ProtobufBodies.bytes(histogram, 12, span.toByteArray());
		ProtobufBodies.number(histogram, 13, 2);
		ProtobufBodies.number(histogram, 13, 2);
		ByteArrayOutputStream metric = new ByteArrayOutputStream();
		for (int i = 0; i < labels.length; i += 2) {
			ByteArrayOutputStream pair = new ByteArrayOutputStream();
			ProtobufBodies.bytes(pair, 1, labels[i].getBytes(StandardCharsets.UTF_8));
			ProtobufBodies.bytes(pair, 2, labels[i + 1].getBytes(StandardCharsets.UTF_8));
			ProtobufBodies.bytes(metric, 1, pair.toByteArray());
		}
		ProtobufBodies.bytes(metric, 7, histogram.toByteArray());
		return metric.toByteArray();
	}

	/**
	 * Picks one of the first entries, and now and then one of the odd ones behind them.
	 */
	private String mostly(String[] choices, int usual) {
		return choices[this.random.nextInt(chance(4) ? choices.length : Math.min(usual, choices.length))];
	}

	private boolean chance(int in) {
		return this.random.nextInt(in) == 0;
	}

}
