package io.monitoringstack.pushgatewayproxy.index;

/**
 * Numbers of the types in the protobuf format, with their names.
 */
public final class MetricTypes {

	/** Number of a gauge. */
	public static final int GAUGE = 1;

	/** Number of a summary. */
	public static final int SUMMARY = 2;

	/** Number of a histogram. */
	public static final int HISTOGRAM = 4;

	private static final String[] NAMES = { "counter", "gauge", "summary", "untyped", "histogram", "gauge_histogram" };

	private MetricTypes() {
	}

	static String name(int type) {
		return (type >= 0 && type < NAMES.length) ? NAMES[type] : "type " + type;
	}

	/**
	 * Finds the number of a type.
	 * @param name name of the type, in any case, or a number
	 * @return its number, or -1
	 */
	public static int number(String name) {
		for (int i = 0; i < NAMES.length; i++) {
			if (NAMES[i].equalsIgnoreCase(name)) {
				return i;
			}
		}
		try {
			return Integer.parseInt(name);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
