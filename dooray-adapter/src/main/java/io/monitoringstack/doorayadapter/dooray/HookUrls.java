package io.monitoringstack.doorayadapter.dooray;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The hook of a channel, and while it is rotated the one before.
 *
 * @param current where to post to, a secret
 * @param previous where to post to when Dooray refuses that one, a secret
 */
record HookUrls(URI current, @Nullable URI previous) {

	@Override
	public String toString() {
		return (this.previous != null) ? "HookUrls[<redacted>, <redacted>]" : "HookUrls[<redacted>]";
	}

}
