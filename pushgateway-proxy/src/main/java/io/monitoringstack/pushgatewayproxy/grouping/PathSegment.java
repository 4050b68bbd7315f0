package io.monitoringstack.pushgatewayproxy.grouping;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * One part of a path between slashes, as sent and decoded.
 *
 * @param raw the part as sent
 * @param decoded the part with percent escapes undone, as bytes
 */
record PathSegment(String raw, byte[] decoded) {

	static final String BASE64_SUFFIX = "@base64";

	static PathSegment of(String raw) {
		return new PathSegment(raw, (raw.indexOf('%') < 0) ? raw.getBytes(StandardCharsets.UTF_8) : unescape(raw));
	}

	private static byte[] unescape(String raw) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
		for (int i = 0; i < raw.length(); i++) {
			char c = raw.charAt(i);
			if (c == '%' && i + 2 < raw.length()) {
				bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
				i += 2;
			}
			else {
				bytes.write(c);
			}
		}
		return bytes.toByteArray();
	}

	String text() {
		return (this.raw.indexOf('%') < 0) ? this.raw : new String(this.decoded, StandardCharsets.UTF_8);
	}

	boolean isDotSegment() {
		String text = text();
		return ".".equals(text) || "..".equals(text);
	}

	boolean holdsSlash() {
		for (byte b : this.decoded) {
			if (b == '/') {
				return true;
			}
		}
		return false;
	}

	boolean isBase64Name() {
		return text().endsWith(BASE64_SUFFIX);
	}

	/**
	 * The label name without the mark for base64.
	 * @return the name
	 */
	String name() {
		String text = text();
		return text.endsWith(BASE64_SUFFIX) ? text.substring(0, text.length() - BASE64_SUFFIX.length()) : text;
	}

	/**
	 * This name with the mark for base64, for use in a path.
	 * @return the name as a path part
	 */
	String rawBase64Name() {
		return this.raw + BASE64_SUFFIX;
	}

	/**
	 * This value in base64, for use in a path.
	 * @return the value as a path part
	 */
	String rawBase64Value() {
		return base64(this.decoded);
	}

	/**
	 * Reads this value as base64 the way Pushgateway does: URL-safe alphabet, padding
	 * optional, line breaks ignored, left-over bits ignored.
	 * @return the bytes, or {@code null} if this is not base64
	 */
	byte @Nullable [] fromBase64() {
		int end = this.decoded.length;
		while (end > 0 && this.decoded[end - 1] == '=') {
			end--;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
		int bits = 0;
		int held = 0;
		int symbols = 0;
		for (int i = 0; i < end; i++) {
			byte c = this.decoded[i];
			if (c == '\n' || c == '\r') {
				continue;
			}
			int sextet = sextet(c);
			if (sextet < 0) {
				return null;
			}
			symbols++;
			bits = (bits << 6) | sextet;
			held += 6;
			if (held >= 8) {
				held -= 8;
				bytes.write(bits >> held);
			}
		}
		return (symbols % 4 != 1) ? bytes.toByteArray() : null;
	}

	static String base64(byte[] bytes) {
		return (bytes.length == 0) ? "=" : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	private static int sextet(byte c) {
		if (c >= 'A' && c <= 'Z') {
			return c - 'A';
		}
		if (c >= 'a' && c <= 'z') {
			return c - 'a' + 26;
		}
		if (c >= '0' && c <= '9') {
			return c - '0' + 52;
		}
		return switch (c) {
			case '-' -> 62;
			case '_' -> 63;
			default -> -1;
		};
	}

}
