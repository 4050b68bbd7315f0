package io.monitoringstack.pushgatewayproxy.exposition;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Recognises bodies that are something else than the text format, so that the answer can
 * name the mistake instead of its first byte.
 */
final class ForeignFormat {

	private ForeignFormat() {
	}

	/**
	 * Looks at the beginning of a body that does not parse.
	 * @param in array that holds the body
	 * @param length length of the body
	 * @return a sentence about what the body seems to be, or {@code null}
	 */
	static @Nullable String explain(byte[] in, int length) {
		if (starts(in, length, 0xef, 0xbb, 0xbf)) {
			return "The body begins with a UTF-8 byte order mark. Save the file as UTF-8 without BOM.";
		}
		if (starts(in, length, 0xff, 0xfe) || starts(in, length, 0xfe, 0xff) || starts(in, length, 0)
				|| (length > 1 && in[1] == 0)) {
			return "The body looks like UTF-16, as PowerShell's > writes it. Send UTF-8, for instance with Out-File -Encoding utf8NoBOM.";
		}
		if (starts(in, length, 0x1f, 0x8b)) {
			return "The body is compressed with gzip, but the header Content-Encoding: gzip is missing.";
		}
		if (starts(in, length, 0xff, 0x06, 0x00, 0x00, 's', 'N')) {
			return "The body is compressed with snappy, but the header Content-Encoding: snappy is missing.";
		}
		if (starts(in, length, '-', '-')) {
			return "The body looks like a multipart form, as curl -F sends it. Send the metrics alone: curl --data-binary @file.";
		}
		return explainText(in, length);
	}

	private static @Nullable String explainText(byte[] in, int length) {
		int first = 0;
		while (first < length && in[first] <= ' ' && in[first] >= 0) {
			first++;
		}
		if (first == length) {
			return null;
		}
		if (in[first] == '<') {
			return "The body looks like HTML or XML. Perhaps it is the answer of a page rather than metrics.";
		}
		if (in[first] == '[' || (in[first] == '{' && looksLikeJson(in, first, length))) {
			return "The body looks like JSON. Send the text format instead, lines like: name{label=\"value\"} 1";
		}
		if (length > 2 && (in[1] == 0x0a || in[2] == 0x0a) && holdsControls(in, length)) {
			return "The body looks like protobuf, but the Content-Type does not say so. It must be: "
					+ ContentKind.PROTOBUF_TYPE;
		}
		return null;
	}

	private static boolean looksLikeJson(byte[] in, int brace, int length) {
		String start = new String(in, brace, Math.min(200, length - brace), StandardCharsets.UTF_8);
		return start.matches("(?s)\\{\\s*(\"[^\"]*\"\\s*:.*|\\}\\s*)");
	}

	private static boolean holdsControls(byte[] in, int length) {
		for (int i = 0; i < Math.min(length, 200); i++) {
			if (in[i] >= 0 && in[i] < ' ' && in[i] != '\n' && in[i] != '\r' && in[i] != '\t') {
				return true;
			}
		}
		return false;
	}

	private static boolean starts(byte[] in, int length, int... bytes) {
		if (length < bytes.length) {
			return false;
		}
		for (int i = 0; i < bytes.length; i++) {
			if ((in[i] & 0xff) != bytes[i]) {
				return false;
			}
		}
		return true;
	}

}
