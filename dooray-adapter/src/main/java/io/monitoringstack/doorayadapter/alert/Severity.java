package io.monitoringstack.doorayadapter.alert;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How urgent an alert is, most urgent first. An unknown severity ranks between critical
 * and warning: it may be anything, so it must not sink below what is known to be mild.
 */
public enum Severity {

	/** Somebody has to act now. */
	CRITICAL("critical", "crit", "page", "p0", "p1", "sev0", "sev1", "s0", "s1", "fatal", "emergency", "emerg",
			"disaster", "error", "err", "high", "major", "urgent", "alert", "심각", "위험", "긴급", "치명", "치명적", "장애"),

	/** The label is missing or says nothing known. */
	UNKNOWN,

	/** Somebody has to act soon. */
	WARNING("warning", "warn", "p2", "sev2", "s2", "minor", "medium", "moderate", "average", "ticket", "경고", "중요",
			"주의"),

	/** Nobody has to act. */
	INFO("info", "information", "informational", "notice", "none", "low", "debug", "ok", "p3", "p4", "p5", "sev3",
			"sev4", "s3", "s4", "정보", "참고", "안내", "알림");

	private static final Map<String, Severity> BY_WORD = byWord();

	private final String[] words;

	Severity(String... words) {
		this.words = words;
	}

	// Reads a severity label, in English or Korean, in any case.
	public static Severity of(String word) {
		return BY_WORD.getOrDefault(word.strip().toLowerCase(Locale.ROOT), UNKNOWN);
	}

	private static Map<String, Severity> byWord() {
		Map<String, Severity> byWord = new HashMap<>();
		for (Severity severity : values()) {
			for (String word : severity.words) {
				byWord.put(word, severity);
			}
		}
		return Map.copyOf(byWord);
	}

}
