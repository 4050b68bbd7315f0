package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The messages of the protobuf exposition format, as far as their wire form can be wrong:
 * which fields are messages, and which are lists of numbers that may be packed. Scalar
 * fields need no entry.
 */
enum WireType {

	TIMESTAMP, SPAN, QUANTILE,

	LABEL_PAIR,

	EXEMPLAR(Map.of(1, LABEL_PAIR, 3, TIMESTAMP)),

	BUCKET(Map.of(3, EXEMPLAR)),

	GAUGE, UNTYPED,

	COUNTER(Map.of(2, EXEMPLAR, 3, TIMESTAMP)),

	SUMMARY(Map.of(3, QUANTILE, 4, TIMESTAMP)),

	HISTOGRAM(Map.of(3, BUCKET, 9, SPAN, 12, SPAN, 15, TIMESTAMP, 16, EXEMPLAR), Set.of(10, 13), Set.of(11, 14)),

	METRIC(Map.of(1, LABEL_PAIR, 2, GAUGE, 3, COUNTER, 4, SUMMARY, 5, UNTYPED, 7, HISTOGRAM)),

	METRIC_FAMILY(Map.of(4, METRIC));

	private final Map<Integer, WireType> messages;

	private final Set<Integer> packedVarints;

	private final Set<Integer> packedDoubles;

	WireType() {
		this(Map.of());
	}

	WireType(Map<Integer, WireType> messages) {
		this(messages, Set.of(), Set.of());
	}

	WireType(Map<Integer, WireType> messages, Set<Integer> packedVarints, Set<Integer> packedDoubles) {
		this.messages = messages;
		this.packedVarints = packedVarints;
		this.packedDoubles = packedDoubles;
	}

	@Nullable WireType message(int field) {
		return this.messages.get(field);
	}

	boolean isPackedVarint(int field) {
		return this.packedVarints.contains(field);
	}

	boolean isPackedDouble(int field) {
		return this.packedDoubles.contains(field);
	}

}
