package io.monitoringstack.doorayadapter.message;

import java.util.regex.Pattern;

/**
 * Makes text of labels and annotations harmless. It may come from anybody who can name a
 * host or push a metric.
 */
final class SafeText {

	/**
	 * Direction marks, invisible characters and joiners that can hide or reorder text.
	 */
	private static final Pattern INVISIBLE = Pattern.compile(
			"[\\u00AD\\u061C\\u180E\\u200B\\u200C\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB]");

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	private static final Pattern LONE_SURROGATE = Pattern
		.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

	/**
	 * Dooray's own scheme makes mentions and actions. Takes all slashes: those left over
	 * would make a link again.
	 */
	private static final Pattern DOORAY_LINK = Pattern.compile("(?i)dooray\\s*:\\s*/\\s*/(?:[\\s/]*/)?");

	private static final Pattern MARKDOWN_LINK = Pattern.compile("]\\s*\\((?!\\s*https?://)");

	private static final Pattern HOOK_PATH = Pattern.compile("/services/[^\\s/\"]+/[^\\s/\"]+/[^\\s\"]+");

	/** Without a repeated group: thousands of lines would not fit the stack. */
	private static final Pattern BLANK_LINES = Pattern.compile("\\n\\h*\\n[\\h\\n]*\\n");

	/** No text of a message may be as long as that. */
	private static final int LONGEST_INPUT = 4096;

	private SafeText() {
	}

	// Returns the text with its lines kept.
	static String block(String text) {
		if (isPlain(text)) {
			return text.strip();
		}
		String safe = TextLimit.cut(text, LONGEST_INPUT)
			.replaceAll("\\r\\n?|[\\u0085\\u2028\\u2029]", "\n")
			.replace('\t', ' ');
		safe = INVISIBLE.matcher(safe).replaceAll("");
		safe = CONTROL.matcher(safe).replaceAll(" ");
		safe = replaceLoneSurrogates(safe);
		safe = safe.replace("```", "'''").replace("~~~", "---");
		safe = DOORAY_LINK.matcher(safe).replaceAll("dooray:");
		safe = MARKDOWN_LINK.matcher(safe).replaceAll("] (");
		safe = HOOK_PATH.matcher(safe).replaceAll("/services/***");
		return BLANK_LINES.matcher(safe).replaceAll("\n\n").strip();
	}

	// Returns the text in one line.
	static String line(String text) {
		return block(text).replaceAll("\\s+", " ");
	}

	// Most labels are; they need not go through all that follows.
	private static boolean isPlain(String text) {
		return text.length() < LONGEST_INPUT && text.chars()
			.allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| (c >= '\uAC00' && c <= '\uD7A3') || " -_.,%()=+".indexOf(c) >= 0);
	}

	static boolean holdsHook(String text) {
		return HOOK_PATH.matcher(text).find();
	}

	private static String replaceLoneSurrogates(String text) {
		boolean none = text.chars().noneMatch((c) -> Character.isSurrogate((char) c));
		return none ? text : LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
	}

}
