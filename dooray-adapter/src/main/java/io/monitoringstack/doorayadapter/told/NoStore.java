package io.monitoringstack.doorayadapter.told;

import java.time.Duration;
import java.time.Instant;

/**
 * Shares nothing.
 */
final class NoStore implements ToldStore {

	@Override
	public boolean shared() {
		return false;
	}

	@Override
	public Shared read(GroupId group) {
		return new Shared(null);
	}

	@Override
	public boolean told(GroupId group, LastTold last) {
		return true;
	}

	@Override
	public Claim claim(Turn turn, Duration length, Duration remembered) {
		return Claim.OURS;
	}

	@Override
	public void release(Turn turn, boolean settled) {
	}

	@Override
	public Instant trustedSince() {
		return Instant.MIN;
	}

	@Override
	public void onReturn(Runnable listener) {
	}

}
