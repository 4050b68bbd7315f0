package io.monitoringstack.pushgatewayproxy.exposition;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes messages of the protobuf exposition format by hand, right or wrong.
 */
public final class ProtobufBodies {

	public static final int COUNTER = 0;

	public static final int GAUGE = 1;

	public static final int SUMMARY = 2;

	public static final int UNTYPED = 3;

	private ProtobufBodies() {
	}

	public static byte[] delimited(byte[]... messages) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] message : messages) {
			varint(out, message.length);
			out.writeBytes(message);
		}
		return out.toByteArray();
	}

	public static byte[] family(String name, int type, byte[]... metrics) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		bytes(out, 1, name.getBytes(StandardCharsets.UTF_8));
		number(out, 3, type);
		for (byte[] metric : metrics) {
			bytes(out, 4, metric);
		}
		return out.toByteArray();
	}

	public static byte[] gauge(double value, String... labels) {
		return metric(GAUGE, value, labels);
	}

	public static byte[] counter(double value, String... labels) {
		return metric(COUNTER, value, labels);
	}

	public static byte[] withTimestamp(byte[] metric) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(metric);
		number(out, 6, 1_700_000_000_000L);
		return out.toByteArray();
	}

	/**
	 * Writes a metric.
	 * @param type number of its type
	 * @param value its value; a summary or histogram gets it in no meaningful place
	 * @param labels names and values
	 * @return the message
	 */
	public static byte[] metric(int type, double value, String... labels) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int i = 0; i < labels.length; i += 2) {
			ByteArrayOutputStream pair = new ByteArrayOutputStream();
			bytes(pair, 1, labels[i].getBytes(StandardCharsets.UTF_8));
			bytes(pair, 2, labels[i + 1].getBytes(StandardCharsets.UTF_8));
			bytes(out, 1, pair.toByteArray());
		}
		ByteArrayOutputStream number = new ByteArrayOutputStream();
		varint(number, (1 << 3) | 1);
		number.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
		int[] fields = { 3, 2, 4, 5, 7 };
		bytes(out, fields[type], number.toByteArray());
		return out.toByteArray();
	}

	public static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
		varint(out, (field << 3) | 2);
		varint(out, value.length);
		out.writeBytes(value);
	}

	public static void number(ByteArrayOutputStream out, int field, long value) {
		varint(out, field << 3);
		varint(out, value);
	}

	private static void varint(ByteArrayOutputStream out, long value) {
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			out.write((int) ((rest & 0x7f) | 0x80));
			rest >>>= 7;
		}
		out.write((int) rest);
	}

}
