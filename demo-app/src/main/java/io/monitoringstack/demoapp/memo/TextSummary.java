package io.monitoringstack.demoapp.memo;

/**
 * Figures about a text.
 *
 * @param characters how many characters (code points) it has
 * @param words how many words, separated by white space
 * @param lines how many lines
 * @param excerpt its beginning on one line, at most {@value #EXCERPT} characters
 */
public record TextSummary(int characters, int words, int lines, String excerpt) {

	private static final int EXCERPT = 80;

	/**
	 * Counts and shortens a text.
	 * @param text the text
	 * @return its figures
	 */
	public static TextSummary of(String text) {
		String trimmed = text.strip();
		int words = trimmed.isEmpty() ? 0 : trimmed.split("\\s+").length;
		return new TextSummary(text.codePointCount(0, text.length()), words, (int) text.lines().count(),
				excerpt(trimmed.replaceAll("\\s+", " ")));
	}

	private static String excerpt(String line) {
		if (line.codePointCount(0, line.length()) <= EXCERPT) {
			return line;
		}
		return line.substring(0, line.offsetByCodePoints(0, EXCERPT - 1)).stripTrailing() + "…";
	}

}
