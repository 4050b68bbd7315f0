package io.monitoringstack.pushgatewayproxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes the snappy framing format without compressing anything.
 */
final class SnappyFrames {

	private SnappyFrames() {
	}

	static byte[] uncompressed(byte[] plain) {
		CRC32C crc = new CRC32C();
		crc.update(plain);
		int value = (int) crc.getValue();
		int masked = ((value >>> 15) | (value << 17)) + 0xa282ead8;
		int size = plain.length + 4;
		return ByteBuffer.allocate(10 + 4 + size)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put(new byte[] { (byte) 0xff, 6, 0, 0 })
			.put("sNaPpY".getBytes(StandardCharsets.US_ASCII))
			.put(new byte[] { 1, (byte) size, (byte) (size >> 8), (byte) (size >> 16) })
			.putInt(masked)
			.put(plain)
			.array();
	}

}
