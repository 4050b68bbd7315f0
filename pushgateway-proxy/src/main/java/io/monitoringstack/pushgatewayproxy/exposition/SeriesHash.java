package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Turns a series, as Pushgateway stores it, into 64 bits: a hash of the family and a sum
 * over its labels, so that labels may come in any order and from path and body alike.
 * Pushgateway compares series by 64 bits, too. Hashes differ from start to start.
 */
public final class SeriesHash {

	private static final String INSTANCE = "instance";

	private SeriesHash() {
	}

	/**
	 * Hashes the name of a family.
	 * @param name the name
	 * @return its hash
	 */
	public static long family(String name) {
		return of(name);
	}

	/**
	 * Hashes one label. Pushgateway gives each series an instance label, empty if it has
	 * none, so an empty one adds nothing.
	 * @param name its name
	 * @param value its value
	 * @return what it adds to the sum of a series
	 */
	public static long label(String name, String value) {
		return (value.isEmpty() && INSTANCE.equals(name)) ? 0 : Hashing.pair(of(name), of(value));
	}

	/**
	 * Sums labels.
	 * @param labels names and values
	 * @return their sum
	 */
	public static long labels(Map<String, String> labels) {
		long sum = 0;
		for (Map.Entry<String, String> label : labels.entrySet()) {
			sum += label(label.getKey(), label.getValue());
		}
		return sum;
	}

	/**
	 * Hashes a series.
	 * @param family hash of the family
	 * @param labels sum of all labels
	 * @return hash of the series
	 */
	public static long series(long family, long labels) {
		return Hashing.mix(Hashing.mix(family) + labels);
	}

	private static long of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return Hashing.of(bytes, 0, bytes.length);
	}

}
