package io.monitoringstack.doorayadapter.routing;

import java.util.Locale;

/**
 * Names of channels.
 */
public final class Channel {

	/** Takes what has no channel of its own. */
	public static final String DEFAULT = "default";

	/** Takes critical alerts. */
	public static final String CRITICAL = "critical";

	/** Takes warnings. */
	public static final String WARNING = "warning";

	/** Takes information, where somebody wants it apart. */
	public static final String INFO = "info";

	/**
	 * Proves the way from a pushed metric to a message; never a place for real alerts.
	 */
	public static final String SELFTEST = "selftest";

	private Channel() {
	}

	// Brings a name to its one spelling: lower case with hyphens. Characters that do not
	// belong in a channel name are left out.
	public static String normalise(String name) {
		return name.strip().toLowerCase(Locale.ROOT).replace('_', '-').replaceAll("[^\\p{L}\\p{N}.-]", "");
	}

}
