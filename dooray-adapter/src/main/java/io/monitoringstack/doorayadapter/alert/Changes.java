package io.monitoringstack.doorayadapter.alert;

import org.jspecify.annotations.Nullable;

/**
 * What a message tells beyond what its group was told before.
 *
 * @param before what was told before, {@code null} when that is not known
 * @param added alerts that began to fire
 * @param resolved alerts that ceased to fire
 * @param ongoing alerts that fire as before
 * @param repeats how often the same was told again, this time included; none when there
 * is news
 */
public record Changes(@Nullable AlertStates before, int added, int resolved, int ongoing, int repeats) {

	/** Nothing is known of what was told before. */
	public static final Changes UNKNOWN = new Changes(null, 0, 0, 0, 0);

	// Returns whether it is known what was told before.
	public boolean known() {
		return this.before != null;
	}

	// Returns whether the message tells nothing that was not told before.
	public boolean none() {
		return known() && this.added == 0 && this.resolved == 0;
	}

	/**
	 * Returns these changes as the n-th reminder.
	 * @param times how often the same was told again
	 * @return the changes
	 */
	public Changes repeated(int times) {
		return new Changes(this.before, this.added, this.resolved, this.ongoing, times);
	}

	/**
	 * Tells whether an alert was told before as it is now.
	 * @param alert the alert
	 * @return whether it was; never when nothing is known
	 */
	public boolean told(Alert alert) {
		AlertStates.Known known = (this.before != null) ? this.before.find(alert) : null;
		return known != null && known.tells(alert);
	}

}
