package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Types of metric families, in the order of their numbers in the protobuf format.
 */
enum FamilyType {

	COUNTER, GAUGE, SUMMARY, UNTYPED, HISTOGRAM, GAUGE_HISTOGRAM;

	/**
	 * Finds the type that a TYPE line names.
	 * @param word the rest of the line
	 * @return the type, or {@code null}
	 */
	static @Nullable FamilyType named(String word) {
		return switch (word.toUpperCase(Locale.ROOT)) {
			case "COUNTER" -> COUNTER;
			case "GAUGE" -> GAUGE;
			case "SUMMARY" -> SUMMARY;
			case "UNTYPED" -> UNTYPED;
			case "HISTOGRAM" -> HISTOGRAM;
			case "GAUGE_HISTOGRAM", "GAUGEHISTOGRAM" -> GAUGE_HISTOGRAM;
			default -> null;
		};
	}

	boolean hasBuckets() {
		return this == HISTOGRAM || this == GAUGE_HISTOGRAM;
	}

	/**
	 * The label that is part of the format of this type rather than of the series.
	 * @return name of the label, or {@code null}
	 */
	@Nullable String ownLabel() {
		return switch (this) {
			case SUMMARY -> "quantile";
			case HISTOGRAM, GAUGE_HISTOGRAM -> "le";
			default -> null;
		};
	}

}
