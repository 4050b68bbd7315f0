package io.monitoringstack.dooraysimulator.behaviour;

import org.jspecify.annotations.Nullable;

/**
 * How posts are answered.
 *
 * @param mode kind of answer
 * @param status status of mode {@code status}
 * @param retryAfterSeconds value of {@code Retry-After} in mode {@code status}; 0 leaves
 * the header out
 * @param delayMillis time before the answer
 * @param perSecond messages a hook takes in any second; 0 is no limit
 * @param times answers left before the normal behaviour returns; {@code null} keeps this
 * one until it is changed
 */
public record Behaviour(Mode mode, int status, int retryAfterSeconds, int delayMillis, int perSecond,
		@Nullable Integer times) {

	/** Status of mode {@code status} when none is named. */
	public static final int DEFAULT_STATUS = 503;

	/**
	 * Return the behaviour of a Dooray that works.
	 * @param perSecond messages a hook takes in any second; 0 is no limit
	 * @return the normal behaviour
	 */
	public static Behaviour normal(int perSecond) {
		return new Behaviour(Mode.OK, DEFAULT_STATUS, 0, 0, perSecond, null);
	}

	Behaviour withTimes(int left) {
		return new Behaviour(this.mode, this.status, this.retryAfterSeconds, this.delayMillis, this.perSecond, left);
	}

}
