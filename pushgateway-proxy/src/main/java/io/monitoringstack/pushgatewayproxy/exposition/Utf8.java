package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Tells whether bytes are valid UTF-8.
 */
final class Utf8 {

	private Utf8() {
	}

	static boolean isValid(byte[] in, int from, int to) {
		for (int i = from; i < to; i++) {
			if (in[i] < 0) {
				return isDecodable(in, i, to);
			}
		}
		return true;
	}

	private static boolean isDecodable(byte[] in, int from, int to) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in, from, to - from));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
