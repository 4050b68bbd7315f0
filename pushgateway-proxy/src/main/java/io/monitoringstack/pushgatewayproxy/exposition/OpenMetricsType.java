package io.monitoringstack.pushgatewayproxy.exposition;

import org.jspecify.annotations.Nullable;

/**
 * Types of metric families in OpenMetrics, and what becomes of them in the text format.
 */
enum OpenMetricsType {

	COUNTER("counter", "counter", "_total"),

	GAUGE("gauge", "gauge", ""),

	HISTOGRAM("histogram", "histogram", ""),

	SUMMARY("summary", "summary", ""),

	INFO("info", "gauge", "_info"),

	STATESET("stateset", "gauge", ""),

	/** The text format has no such type: its samples become metrics of no type. */
	GAUGE_HISTOGRAM("gaugehistogram", null, ""),

	UNKNOWN("unknown", "untyped", "");

	private final String word;

	private final @Nullable String textType;

	private final String suffix;

	OpenMetricsType(String word, @Nullable String textType, String suffix) {
		this.word = word;
		this.textType = textType;
		this.suffix = suffix;
	}

	/**
	 * Finds the type that a TYPE line names.
	 * @param word the rest of the line
	 * @return the type, or {@code null}
	 */
	static @Nullable OpenMetricsType named(String word) {
		for (OpenMetricsType type : values()) {
			if (type.word.equals(word)) {
				return type;
			}
		}
		return null;
	}

	String word() {
		return this.word;
	}

	/**
	 * The type in the text format.
	 * @return its word, or {@code null} if a family of this type is not declared there
	 */
	@Nullable String textType() {
		return this.textType;
	}

	/**
	 * What the name of a family gets at its end in the text format, where it stands
	 * behind the name of each sample only in OpenMetrics.
	 * @return the suffix, empty for most
	 */
	String suffix() {
		return this.suffix;
	}

	boolean hasCreated() {
		return this == COUNTER || this == HISTOGRAM || this == SUMMARY;
	}

}
