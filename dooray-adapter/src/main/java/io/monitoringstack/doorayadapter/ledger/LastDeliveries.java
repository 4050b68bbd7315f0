package io.monitoringstack.doorayadapter.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The last deliveries through one hook.
 *
 * @param success the last one that Dooray took
 * @param failure the last one that it did not take
 */
record LastDeliveries(@Nullable LedgerEntry success, @Nullable LedgerEntry failure) {

	/** Before the first. */
	static final LastDeliveries NONE = new LastDeliveries(null, null);

	LastDeliveries accepted(LedgerEntry entry) {
		return new LastDeliveries(entry, this.failure);
	}

	LastDeliveries failed(LedgerEntry entry) {
		return new LastDeliveries(this.success, entry);
	}

	/**
	 * Returns <code>unused</code>, <code>working</code> or <code>failing</code>, as the
	 * newest delivery ended.
	 */
	String state() {
		if (this.success == null && this.failure == null) {
			return "unused";
		}
		boolean failing = this.failure != null && (this.success == null || this.failure.id() > this.success.id());
		return failing ? "failing" : "working";
	}

}
