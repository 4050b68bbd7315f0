package io.monitoringstack.doorayadapter.message;

/**
 * Cuts text so that no character is torn apart.
 */
final class TextLimit {

	private static final String ELLIPSIS = "…";

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private TextLimit() {
	}

	// Returns the text with at most so many code points, the last one an ellipsis when
	// something was cut.
	static String cut(String text, int codePoints) {
		if (text.length() <= codePoints || text.codePointCount(0, text.length()) <= codePoints) {
			return text;
		}
		int end = text.offsetByCodePoints(0, Math.max(0, codePoints - 1));
		return text.substring(0, wholeCharacter(text, end)).stripTrailing() + ELLIPSIS;
	}

	// Returns the text cut at the end of a line if one is near, else as cut.
	static String cutAtLineEnd(String text, int codePoints) {
		String cut = cut(text, codePoints);
		int lineEnd = cut.lastIndexOf('\n');
		boolean near = cut.length() < text.length() && lineEnd > cut.length() / 2;
		return near ? cut.substring(0, lineEnd) + "\n" + ELLIPSIS : cut;
	}

	// Steps back from the middle of a character made of several code points.
	private static int wholeCharacter(String text, int end) {
		int position = end;
		while (position > 0 && (joins(text.codePointAt(position)) || joinsNext(text.codePointBefore(position)))) {
			position = text.offsetByCodePoints(position, -1);
		}
		return position;
	}

	private static boolean joins(int codePoint) {
		int type = Character.getType(codePoint);
		boolean skinTone = codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
		return skinTone || joinsNext(codePoint) || type == Character.NON_SPACING_MARK
				|| type == Character.ENCLOSING_MARK || type == Character.COMBINING_SPACING_MARK;
	}

	private static boolean joinsNext(int codePoint) {
		return codePoint == ZERO_WIDTH_JOINER;
	}

}
