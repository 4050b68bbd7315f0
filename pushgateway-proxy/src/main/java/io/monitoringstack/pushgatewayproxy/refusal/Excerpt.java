package io.monitoringstack.pushgatewayproxy.refusal;

import java.nio.charset.StandardCharsets;

/**
 * Makes text from outside safe to show in an answer or a log line: one line, printable,
 * short.
 */
public final class Excerpt {

	private static final int LENGTH = 80;

	private Excerpt() {
	}

	/**
	 * Quotes and escapes a text.
	 * @param text any text
	 * @return the text between double quotes
	 */
	public static String quoted(String text) {
		return '"' + plain(text) + '"';
	}

	/**
	 * Quotes and escapes bytes, taken as UTF-8 where they are.
	 * @param bytes array that holds the text
	 * @param from first byte
	 * @param to byte after the last
	 * @return the text between double quotes
	 */
	public static String quoted(byte[] bytes, int from, int to) {
		return quoted(text(bytes, from, to));
	}

	/**
	 * Escapes a text without quoting it.
	 * @param text any text
	 * @return one printable line of at most about eighty characters
	 */
	public static String plain(String text) {
		StringBuilder shown = new StringBuilder(Math.min(text.length(), LENGTH) + 8);
		int shownChars = 0;
		for (int i = 0; i < text.length();) {
			if (shownChars++ == LENGTH) {
				return shown.append('…').toString();
			}
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			append(shown, codePoint);
		}
		return shown.toString();
	}

	private static String text(byte[] bytes, int from, int to) {
		// A character takes at most four bytes, so this never cuts what would be shown.
		int length = Math.min(to - from, (LENGTH + 1) * 4);
		return new String(bytes, from, length, StandardCharsets.UTF_8);
	}

	private static void append(StringBuilder shown, int codePoint) {
		switch (codePoint) {
			case '\n' -> shown.append("\\n");
			case '\r' -> shown.append("\\r");
			case '\t' -> shown.append("\\t");
			default -> {
				if (isPrintable(codePoint)) {
					shown.appendCodePoint(codePoint);
				}
				else {
					shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
				}
			}
		}
	}

	private static boolean isPrintable(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
