package io.monitoringstack.doorayadapter.message;

import io.monitoringstack.doorayadapter.alert.Severity;

/**
 * Colours of attachments. The words beside them say the same.
 */
final class Colour {

	static final String RESOLVED = "#388E3C";

	static final String NEUTRAL = "#757575";

	private Colour() {
	}

	static String of(Severity severity) {
		return switch (severity) {
			case CRITICAL -> "#D32F2F";
			case WARNING -> "#F9A825";
			case INFO -> "#1976D2";
			case UNKNOWN -> NEUTRAL;
		};
	}

}
