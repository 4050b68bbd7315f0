package io.monitoringstack.doorayadapter.told;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where instances of the adapter learn what the others told and what they are about to
 * tell. Nothing here throws or waits long: a store that is away says so, and telling
 * twice is better than not at all.
 */
public interface ToldStore {

	/** For an instance that shares nothing. */
	ToldStore NONE = new NoStore();

	// Returns whether there is anything to share with.
	boolean shared();

	/**
	 * Looks up what a group was told last, by whomever.
	 * @param group the group
	 * @return what the store knows, {@code null} when it is away
	 */
	@Nullable Shared read(GroupId group);

	/**
	 * Notes what Dooray took.
	 * @param group the group
	 * @param last what it was told
	 * @return whether others will know
	 */
	boolean told(GroupId group, LastTold last);

	/**
	 * Asks for the right to tell a state. It ends by itself, so that nobody waits for an
	 * instance that is gone.
	 * @param turn who wants to tell what
	 * @param length after which it ends
	 * @param remembered for which it is remembered that it was begun
	 * @return who has the right
	 */
	Claim claim(Turn turn, Duration length, Duration remembered);

	/**
	 * Gives the right back.
	 * @param turn who had it
	 * @param settled whether it is known what became of the message; otherwise the next
	 * one says that it may have come before
	 */
	void release(Turn turn, boolean settled);

	// Returns since when nobody can have told anything that the store does not know, as
	// far as this instance can say.
	Instant trustedSince();

	// Calls whenever the store was away and is back.
	void onReturn(Runnable listener);

	/**
	 * What a store knows of a group.
	 *
	 * @param last what it was told last, {@code null} when that is not known
	 */
	record Shared(@Nullable LastTold last) {

	}

	/**
	 * Somebody about to tell a state of a group.
	 *
	 * @param group the group
	 * @param state number of the state, equal whatever the starts of its alerts are
	 * @param owner who, another one for each attempt
	 */
	record Turn(GroupId group, long state, String owner) {

	}

	/**
	 * Who has the right to tell a state.
	 */
	enum Claim {

		/** Who asked. */
		OURS,

		/** Who asked, and somebody began before and left nothing behind. */
		LEFT_BEHIND,

		/** Somebody else. */
		TAKEN,

		/** Nobody knows. */
		AWAY

	}

}
