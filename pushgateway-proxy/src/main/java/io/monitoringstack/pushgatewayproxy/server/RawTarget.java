package io.monitoringstack.pushgatewayproxy.server;

import java.util.HexFormat;

/**
 * The target of a request line. Pushgateway takes characters there that no URI may hold,
 * such as braces; escaped they mean the same and get through.
 */
final class RawTarget {

	private static final String ILLEGAL = "\"<>\\^`{|}[]#";

	private RawTarget() {
	}

	/**
	 * Escapes what no URI may hold.
	 * @param target target as sent, one char per byte
	 * @return the same object if there was nothing to escape
	 */
	static String escape(String target) {
		StringBuilder escaped = null;
		for (int i = 0; i < target.length(); i++) {
			char c = target.charAt(i);
			boolean illegal = c <= ' ' || c >= 0x7f || ILLEGAL.indexOf(c) >= 0;
			if (illegal && escaped == null) {
				escaped = new StringBuilder(target.length() + 32).append(target, 0, i);
			}
			if (escaped != null) {
				append(escaped, c, illegal);
			}
		}
		return (escaped != null) ? escaped.toString() : target;
	}

	/**
	 * Finds a percent sign that is not followed by two hexadecimal digits.
	 * @param target target as sent
	 * @return its position, or -1
	 */
	static int brokenEscape(String target) {
		int at = target.indexOf('%');
		while (at >= 0) {
			if (at + 2 >= target.length() || !HexFormat.isHexDigit(target.charAt(at + 1))
					|| !HexFormat.isHexDigit(target.charAt(at + 2))) {
				return at;
			}
			at = target.indexOf('%', at + 3);
		}
		return -1;
	}

	private static void append(StringBuilder escaped, char c, boolean illegal) {
		if (illegal) {
			escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
		}
		else {
			escaped.append(c);
		}
	}

}
