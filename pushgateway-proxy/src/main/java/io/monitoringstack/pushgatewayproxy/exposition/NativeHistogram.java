package io.monitoringstack.pushgatewayproxy.exposition;

/**
 * The native part of a histogram in the protobuf format, as far as it can make
 * Pushgateway break off its JSON answer: spans that announce other buckets than follow,
 * and schemas it cannot compute bounds for.
 */
final class NativeHistogram {

	private static final int SAMPLE_COUNT_FLOAT = 4;

	private static final int SCHEMA = 5;

	private static final int ZERO_COUNT_FLOAT = 8;

	private static final int NEGATIVE_SPAN = 9;

	private static final int NEGATIVE_DELTA = 10;

	private static final int NEGATIVE_COUNT = 11;

	private static final int POSITIVE_SPAN = 12;

	private static final int POSITIVE_DELTA = 13;

	private static final int POSITIVE_COUNT = 14;

	private static final int LARGEST_FIELD = 16;

	private final long[] buckets = new long[LARGEST_FIELD + 1];

	private boolean spans;

	private boolean floats;

	private long schema;

	private boolean seen;

	boolean seen() {
		return this.seen;
	}

	void read(byte[] body, int from, int to) {
		this.seen = true;
		WireReader reader = new WireReader(body, from, to);
		while (reader.next()) {
			switch (reader.field) {
				case SAMPLE_COUNT_FLOAT, ZERO_COUNT_FLOAT ->
					this.floats |= reader.form == WireReader.FIXED64 && isPositive(body, reader.pos() - 8);
				case SCHEMA -> this.schema = (reader.form == WireReader.VARINT) ? zigZag(reader.varint) : this.schema;
				case NEGATIVE_SPAN, POSITIVE_SPAN -> span(body, reader);
				case NEGATIVE_DELTA, POSITIVE_DELTA -> this.buckets[reader.field] += varints(body, reader);
				case NEGATIVE_COUNT, POSITIVE_COUNT ->
					this.buckets[reader.field] += (reader.form == WireReader.BYTES) ? (reader.to - reader.from) / 8 : 1;
				default -> {
				}
			}
		}
	}

	/**
	 * Whether Pushgateway can show it.
	 * @return whether spans and buckets fit
	 */
	boolean isReadable() {
		if (!this.spans) {
			return true;
		}
		int positive = this.floats ? POSITIVE_COUNT : POSITIVE_DELTA;
		int negative = this.floats ? NEGATIVE_COUNT : NEGATIVE_DELTA;
		return this.schema >= -4 && this.schema <= 8 && this.buckets[POSITIVE_SPAN] == this.buckets[positive]
				&& this.buckets[NEGATIVE_SPAN] == this.buckets[negative];
	}

	private void span(byte[] body, WireReader reader) {
		if (reader.form != WireReader.BYTES) {
			return;
		}
		this.spans = true;
		int field = reader.field;
		long length = 0;
		WireReader span = new WireReader(body, reader.from, reader.to);
		while (span.next()) {
			if (span.field == 2 && span.form == WireReader.VARINT) {
				length = span.varint & 0xffffffffL;
			}
		}
		this.buckets[field] += length;
	}

	private static long varints(byte[] body, WireReader reader) {
		if (reader.form != WireReader.BYTES) {
			return 1;
		}
		long count = 0;
		WireReader numbers = new WireReader(body, reader.from, reader.to);
		while (numbers.pos() < reader.to) {
			numbers.varint();
			count++;
		}
		return count;
	}

	private static boolean isPositive(byte[] body, int at) {
		long bits = 0;
		for (int i = 7; i >= 0; i--) {
			bits = (bits << 8) | (body[at + i] & 0xff);
		}
		return Double.longBitsToDouble(bits) > 0;
	}

	private static long zigZag(long value) {
		int bits = (int) value;
		return (bits >>> 1) ^ -(bits & 1);
	}

}
