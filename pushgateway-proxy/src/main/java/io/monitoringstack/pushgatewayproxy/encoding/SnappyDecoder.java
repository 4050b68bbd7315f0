package io.monitoringstack.pushgatewayproxy.encoding;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Decodes the snappy framing format, which is what Pushgateway takes. An empty body is an
 * empty stream.
 */
final class SnappyDecoder {

	private static final int STREAM_IDENTIFIER = 0xff;

	private static final int MAX_BLOCK = 65536;

	/** What 64 KiB can grow to when they do not compress, and a checksum. */
	private static final int MAX_CHUNK = 76490 + 4;

	private static final byte[] MAGIC = { 's', 'N', 'a', 'P', 'p', 'Y' };

	private final byte[] in;

	private final int end;

	private final DecodedBody sink;

	private int pos;

	SnappyDecoder(byte[] in, int length, DecodedBody sink) {
		this.in = in;
		this.end = length;
		this.sink = sink;
	}

	void decode() {
		boolean identified = false;
		while (this.pos < this.end) {
			int type = this.in[this.pos] & 0xff;
			if (!identified && type != STREAM_IDENTIFIER) {
				throw corrupt(
						"it does not begin with a stream identifier (the framing format is needed, not a bare block)");
			}
			identified = true;
			int size = littleEndian(this.pos + 1, 3);
			int from = this.pos + 4;
			if (size > MAX_CHUNK || size > this.end - from) {
				throw corrupt("a chunk is too long or ends too early");
			}
			this.pos = from + size;
			chunk(type, from, size);
		}
	}

	private void chunk(int type, int from, int size) {
		switch (type) {
			case 0x00 -> compressed(from, size);
			case 0x01 -> uncompressed(from, size);
			case STREAM_IDENTIFIER -> identifier(from, size);
			default -> {
				if (type <= 0x7f) {
					throw corrupt("it holds a chunk of an unknown type");
				}
			}
		}
	}

	private void identifier(int from, int size) {
		if (size != MAGIC.length || !Arrays.equals(this.in, from, from + size, MAGIC, 0, size)) {
			throw corrupt("the stream identifier is wrong");
		}
	}

	private void uncompressed(int from, int size) {
		if (size < 4 || size - 4 > MAX_BLOCK) {
			throw corrupt("a chunk has a wrong length");
		}
		int at = this.sink.reserve(size - 4);
		System.arraycopy(this.in, from + 4, this.sink.bytes(), at, size - 4);
		verify(from, at, size - 4);
	}

	private void compressed(int from, int size) {
		if (size < 4) {
			throw corrupt("a chunk has a wrong length");
		}
		int at = from + 4;
		long length = 0;
		int shift = 0;
		byte b;
		do {
			if (at == from + size || shift > 28) {
				throw corrupt("a block has no length");
			}
			b = this.in[at++];
			length |= (long) (b & 0x7f) << shift;
			shift += 7;
		}
		while (b < 0);
		if (length > MAX_BLOCK) {
			throw corrupt("a block is too long");
		}
		int start = this.sink.reserve((int) length);
		block(at, from + size, this.sink.bytes(), start, start + (int) length);
		verify(from, start, (int) length);
	}

	private void block(int from, int to, byte[] out, int start, int outEnd) {
		int i = from;
		int o = start;
		while (i < to) {
			int tag = this.in[i++] & 0xff;
			int length;
			int offset;
			switch (tag & 3) {
				case 0 -> {
					length = tag >> 2;
					int extra = Math.max(0, length - 59);
					if (extra > 0) {
						length = element(i, to, extra);
					}
					i += extra;
					length++;
					if (length <= 0 || length > to - i || length > outEnd - o) {
						throw corrupt("a block is damaged");
					}
					System.arraycopy(this.in, i, out, o, length);
					i += length;
					o += length;
					continue;
				}
				case 1 -> {
					length = 4 + ((tag >> 2) & 7);
					offset = ((tag & 0xe0) << 3) | element(i, to, 1);
					i += 1;
				}
				case 2 -> {
					length = 1 + (tag >> 2);
					offset = element(i, to, 2);
					i += 2;
				}
				default -> {
					length = 1 + (tag >> 2);
					offset = element(i, to, 4);
					i += 4;
				}
			}
			if (offset <= 0 || offset > o - start || length > outEnd - o) {
				throw corrupt("a block is damaged");
			}
			for (int end = o + length; o < end; o++) {
				out[o] = out[o - offset];
			}
		}
		if (o != outEnd) {
			throw corrupt("a block is damaged");
		}
	}

	private int element(int at, int to, int bytes) {
		if (to - at < bytes) {
			throw corrupt("a block is damaged");
		}
		return littleEndian(at, bytes);
	}

	private void verify(int from, int at, int length) {
		CRC32C crc = new CRC32C();
		crc.update(this.sink.bytes(), at, length);
		int value = (int) crc.getValue();
		// The format stores the checksum rotated and shifted by a constant.
		int masked = ((value >>> 15) | (value << 17)) + 0xa282ead8;
		if (masked != littleEndian(from, 4)) {
			throw corrupt("a checksum is wrong");
		}
	}

	private int littleEndian(int at, int bytes) {
		if (this.end - at < bytes) {
			throw corrupt("it ends too early");
		}
		int value = 0;
		for (int i = bytes - 1; i >= 0; i--) {
			value = (value << 8) | (this.in[at + i] & 0xff);
		}
		return value;
	}

	private static RuntimeException corrupt(String how) {
		return ContentCoding.corrupt("snappy", how);
	}

}
