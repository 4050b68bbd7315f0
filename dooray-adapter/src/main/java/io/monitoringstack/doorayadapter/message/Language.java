package io.monitoringstack.doorayadapter.message;

import java.util.Locale;

/**
 * Language of messages.
 */
public enum Language {

	/** Korean. */
	KO(Locale.KOREAN),

	/** English. */
	EN(Locale.ENGLISH);

	private final Locale locale;

	Language(Locale locale) {
		this.locale = locale;
	}

	Locale locale() {
		return this.locale;
	}

	// Returns the ending of annotations written in this language.
	String suffix() {
		return "_" + this.locale.getLanguage();
	}

}
