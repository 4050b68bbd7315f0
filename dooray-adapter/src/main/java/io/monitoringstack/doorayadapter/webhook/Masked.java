package io.monitoringstack.doorayadapter.webhook;

/**
 * Text of a stranger made fit for a log line.
 */
final class Masked {

	private static final int MAX_LENGTH = 200;

	private Masked() {
	}

	// Returns the start of the text in one line, with everything that looks like a token
	// or sits in the path of a URL hidden.
	static String text(String text) {
		return text.substring(0, Math.min(MAX_LENGTH, text.length()))
			.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", " ")
			.replaceAll("(?i)(https?://[^/\\s\"]*)\\S*", "$1/***")
			.replaceAll("[A-Za-z0-9_\\-]{16,}", "***");
	}

}
