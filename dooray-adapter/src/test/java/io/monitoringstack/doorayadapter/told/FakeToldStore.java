package io.monitoringstack.doorayadapter.told;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A store that instances in one test share, and that may go away.
 */
public final class FakeToldStore implements ToldStore {

	private final Map<GroupId, LastTold> told = new HashMap<>();

	private final Map<String, String> claims = new HashMap<>();

	private final Map<GroupId, Long> begun = new HashMap<>();

	private final List<Runnable> listeners = new ArrayList<>();

	private final List<Duration> lengths = new ArrayList<>();

	private int refusals;

	private boolean away;

	private Instant trustedSince = Instant.MIN;

	public void leave() {
		this.away = true;
	}

	public void back(Instant now) {
		this.away = false;
		this.trustedSince = now;
		this.listeners.forEach(Runnable::run);
	}

	/** As when a Redis without a disk is started again. */
	public void forget() {
		this.told.clear();
		this.claims.clear();
		this.begun.clear();
	}

	/** As when the owners of all claims are gone. */
	public synchronized void expire() {
		this.claims.clear();
	}

	public List<Duration> lengths() {
		return this.lengths;
	}

	public synchronized int refusals() {
		return this.refusals;
	}

	@Override
	public boolean shared() {
		return true;
	}

	@Override
	public Shared read(GroupId group) {
		return this.away ? null : new Shared(this.told.get(group));
	}

	@Override
	public boolean told(GroupId group, LastTold last) {
		if (!this.away) {
			this.told.put(group, LastTold.decode(last.encode()));
			this.begun.remove(group);
		}
		return !this.away;
	}

	@Override
	public synchronized Claim claim(Turn turn, Duration length, Duration remembered) {
		if (this.away) {
			return Claim.AWAY;
		}
		if (this.claims.putIfAbsent(turn.group() + " " + turn.state(), turn.owner()) != null) {
			this.refusals++;
			return Claim.TAKEN;
		}
		this.lengths.add(length);
		Long before = this.begun.put(turn.group(), turn.state());
		return (before != null && before == turn.state()) ? Claim.LEFT_BEHIND : Claim.OURS;
	}

	@Override
	public synchronized void release(Turn turn, boolean settled) {
		if (this.claims.remove(turn.group() + " " + turn.state(), turn.owner()) && settled) {
			this.begun.remove(turn.group());
		}
	}

	@Override
	public Instant trustedSince() {
		return this.trustedSince;
	}

	@Override
	public void onReturn(Runnable listener) {
		this.listeners.add(listener);
	}

}
