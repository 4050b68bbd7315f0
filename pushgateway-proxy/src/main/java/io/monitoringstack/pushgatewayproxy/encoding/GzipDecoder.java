package io.monitoringstack.pushgatewayproxy.encoding;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes gzip as strictly as Pushgateway does: members may follow each other, but
 * nothing else may follow, and checksums and lengths must be right. The JDK's own stream
 * ignores trailing bytes.
 */
final class GzipDecoder {

	private static final int HEADER_CHECKSUM = 2;

	private static final int EXTRA = 4;

	private static final int NAME = 8;

	private static final int COMMENT = 16;

	/** Go's reader gives up on longer names. */
	private static final int MAX_TEXT = 512;

	private final byte[] in;

	private final int end;

	private final DecodedBody sink;

	private int pos;

	GzipDecoder(byte[] in, int length, DecodedBody sink) {
		this.in = in;
		this.end = length;
		this.sink = sink;
	}

	void decode() {
		Inflater inflater = new Inflater(true);
		try {
			do {
				header();
				member(inflater);
			}
			while (this.pos < this.end);
		}
		catch (DataFormatException ex) {
			throw ContentCoding.corrupt("gzip", "the compressed data is damaged");
		}
		finally {
			inflater.end();
		}
	}

	private void header() {
		int start = this.pos;
		if (this.end - this.pos < 10 || (this.in[start] & 0xff) != 0x1f || (this.in[start + 1] & 0xff) != 0x8b
				|| this.in[start + 2] != 8) {
			throw ContentCoding.corrupt("gzip",
					(start == 0) ? "it does not begin with a gzip header" : "other bytes follow the compressed data");
		}
		int flags = this.in[start + 3];
		this.pos += 10;
		if ((flags & EXTRA) != 0) {
			skip(2 + littleEndian(2));
		}
		if ((flags & NAME) != 0) {
			skipText();
		}
		if ((flags & COMMENT) != 0) {
			skipText();
		}
		if ((flags & HEADER_CHECKSUM) != 0) {
			CRC32 crc = new CRC32();
			crc.update(this.in, start, this.pos - start);
			if ((crc.getValue() & 0xffff) != littleEndian(2)) {
				throw ContentCoding.corrupt("gzip", "the checksum of the header is wrong");
			}
			skip(2);
		}
	}

	private void member(Inflater inflater) throws DataFormatException {
		inflater.reset();
		inflater.setInput(this.in, this.pos, this.end - this.pos);
		CRC32 crc = new CRC32();
		byte[] chunk = new byte[8192];
		while (!inflater.finished()) {
			int count = inflater.inflate(chunk);
			if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
				throw ContentCoding.corrupt("gzip", "it ends too early");
			}
			crc.update(chunk, 0, count);
			this.sink.write(chunk, 0, count);
		}
		this.pos = this.end - inflater.getRemaining();
		if (littleEndian(4) != crc.getValue()) {
			throw ContentCoding.corrupt("gzip", "the checksum is wrong");
		}
		skip(4);
		if (littleEndian(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
			throw ContentCoding.corrupt("gzip", "the length is wrong");
		}
		skip(4);
	}

	private void skipText() {
		int start = this.pos;
		while (this.pos < this.end && this.in[this.pos] != 0) {
			this.pos++;
		}
		if (this.pos - start >= MAX_TEXT) {
			throw ContentCoding.corrupt("gzip", "a text in the header is too long");
		}
		skip(1);
	}

	private long littleEndian(int bytes) {
		if (this.end - this.pos < bytes) {
			throw ContentCoding.corrupt("gzip", "it ends too early");
		}
		long value = 0;
		for (int i = bytes - 1; i >= 0; i--) {
			value = (value << 8) | (this.in[this.pos + i] & 0xff);
		}
		return value;
	}

	private void skip(long count) {
		if (this.end - this.pos < count) {
			throw ContentCoding.corrupt("gzip", "it ends too early");
		}
		this.pos += (int) count;
	}

}
