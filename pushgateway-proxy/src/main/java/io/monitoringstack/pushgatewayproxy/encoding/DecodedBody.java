package io.monitoringstack.pushgatewayproxy.encoding;

import java.util.Arrays;
import java.util.function.IntConsumer;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;

/**
 * A growing array with a cap, for bodies as they arrive or come out of a decoder.
 */
public final class DecodedBody {

	private static final int FIRST_CAPACITY = 4096;

	private final SizeLimit limit;

	private final long cap;

	private final IntConsumer beforeGrowth;

	private byte[] bytes = new byte[0];

	private int length;

	/**
	 * Creates an empty body within the limit for everybody.
	 * @param cap most bytes it may hold
	 * @param beforeGrowth told how many bytes more will be taken from the heap; throws if
	 * that is too much at this moment
	 */
	public DecodedBody(long cap, IntConsumer beforeGrowth) {
		this(SizeLimit.forEverybody(cap), beforeGrowth);
	}

	/**
	 * Creates an empty body.
	 * @param limit how much it may hold
	 * @param beforeGrowth told how many bytes more will be taken from the heap; throws if
	 * that is too much at this moment
	 */
	public DecodedBody(SizeLimit limit, IntConsumer beforeGrowth) {
		this.limit = limit;
		this.cap = limit.bytes();
		this.beforeGrowth = beforeGrowth;
	}

	public byte[] bytes() {
		return this.bytes;
	}

	public int length() {
		return this.length;
	}

	/**
	 * Appends bytes.
	 * @param from array to copy from
	 * @param offset first byte
	 * @param count number of bytes
	 */
	public void write(byte[] from, int offset, int count) {
		int at = reserve(count);
		System.arraycopy(from, offset, this.bytes, at, count);
	}

	/**
	 * Makes room at the end.
	 * @param count number of bytes to make room for, counted as written
	 * @return where the room begins in {@link #bytes}
	 */
	public int reserve(int count) {
		long needed = (long) this.length + count;
		if (needed > this.cap) {
			throw new Refusal(413, Reason.TOO_LARGE, "The push has " + needed
					+ " bytes or more, as sent or decoded; the limit is " + this.cap + " bytes. " + this.limit.remedy())
				.asException();
		}
		if (needed > this.bytes.length) {
			long capacity = Math.min(this.cap, Math.max(needed, Math.max(FIRST_CAPACITY, this.bytes.length * 2L)));
			grow((int) capacity);
		}
		int at = this.length;
		this.length = (int) needed;
		return at;
	}

	/**
	 * Sets the room aside at once that is known to be needed.
	 * @param capacity number of bytes
	 */
	public void expect(int capacity) {
		if (capacity > this.bytes.length) {
			grow((int) Math.min(this.cap, capacity));
		}
	}

	private void grow(int capacity) {
		this.beforeGrowth.accept(capacity - this.bytes.length);
		this.bytes = Arrays.copyOf(this.bytes, capacity);
	}

}
