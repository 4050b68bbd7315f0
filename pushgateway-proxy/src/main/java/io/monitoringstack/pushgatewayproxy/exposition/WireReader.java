package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.Arrays;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;

/**
 * Walks the fields of one protobuf message. After {@link #next} the field read is
 * described by its number, wire form and, if it has a length, its bounds.
 */
final class WireReader {

	static final int VARINT = 0;

	static final int FIXED64 = 1;

	static final int BYTES = 2;

	static final int START_GROUP = 3;

	static final int END_GROUP = 4;

	static final int FIXED32 = 5;

	/** Depth at which Go's protobuf library gives up. */
	private static final int MAX_DEPTH = 10_000;

	final byte[] in;

	private final int end;

	private int pos;

	int field;

	int form;

	int from;

	int to;

	long varint;

	WireReader(byte[] in, int from, int to) {
		this.in = in;
		this.pos = from;
		this.end = to;
	}

	boolean next() {
		if (this.pos == this.end) {
			return false;
		}
		tag();
		switch (this.form) {
			case VARINT -> this.varint = varint();
			case FIXED64 -> skip(8);
			case BYTES -> {
				long length = varint();
				if (length < 0 || length > this.end - this.pos) {
					throw broken("a field reaches beyond its message");
				}
				this.from = this.pos;
				this.to = this.pos + (int) length;
				this.pos = this.to;
			}
			case START_GROUP -> skipGroup();
			case FIXED32 -> skip(4);
			default -> throw broken("a field has an unknown wire type");
		}
		return true;
	}

	int pos() {
		return this.pos;
	}

	/**
	 * Reads a number of variable length.
	 * @return the number
	 */
	long varint() {
		long value = 0;
		for (int shift = 0; shift < 70; shift += 7) {
			if (this.pos == this.end) {
				throw broken("it ends in the middle of a number");
			}
			byte b = this.in[this.pos++];
			if (shift == 63 && (b & 0xff) > 1) {
				break;
			}
			value |= (long) (b & 0x7f) << shift;
			if (b >= 0) {
				return value;
			}
		}
		throw broken("a number is too long");
	}

	private void tag() {
		long tag = varint();
		long number = tag >>> 3;
		if (number < 1 || number > 0x1fffffff) {
			throw broken("a field has an impossible number");
		}
		this.field = (int) number;
		this.form = (int) (tag & 7);
	}

	// Skips a group. Groups nest, so this counts instead of recursing.
	private void skipGroup() {
		int[] open = new int[16];
		int depth = 0;
		open[depth++] = this.field;
		while (depth > 0) {
			tag();
			switch (this.form) {
				case VARINT -> varint();
				case FIXED64 -> skip(8);
				case BYTES -> {
					long length = varint();
					if (length < 0) {
						throw broken("a field reaches beyond its message");
					}
					skip(length);
				}
				case START_GROUP -> {
					if (depth == MAX_DEPTH) {
						throw broken("groups are nested too deeply");
					}
					if (depth == open.length) {
						open = Arrays.copyOf(open, depth * 2);
					}
					open[depth++] = this.field;
				}
				case END_GROUP -> {
					if (open[--depth] != this.field) {
						throw broken("a group ends that has not begun");
					}
				}
				case FIXED32 -> skip(4);
				default -> throw broken("a field has an unknown wire type");
			}
		}
		this.form = START_GROUP;
	}

	private void skip(long length) {
		if (length > this.end - this.pos) {
			throw broken("it ends in the middle of a field");
		}
		this.pos += (int) length;
	}

	static RefusedException broken(String how) {
		return new Refusal(400, Reason.SYNTAX, "The body is not readable as delimited protobuf: " + how
				+ ". Expected are messages of type io.prometheus.client.MetricFamily, each preceded by its length as a varint.")
			.asException();
	}

}
