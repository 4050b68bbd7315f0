package io.monitoringstack.dooraysimulator.api;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import org.jspecify.annotations.Nullable;

/**
 * A behaviour as the API shows it; what is shown can be put back.
 *
 * @param mode kind of answer
 * @param status status of mode {@code status}
 * @param retryAfterSeconds value of {@code Retry-After}; 0 leaves it out
 * @param delayMillis time before the answer
 * @param perSecond messages a hook takes in any second; 0 is no limit
 * @param times answers left before it is normal again; {@code null} for no end
 */
record BehaviourView(String mode, int status, int retryAfterSeconds, int delayMillis, int perSecond,
		@Nullable Integer times) {

	static BehaviourView of(Behaviour behaviour) {
		return new BehaviourView(behaviour.mode().wireName(), behaviour.status(), behaviour.retryAfterSeconds(),
				behaviour.delayMillis(), behaviour.perSecond(), behaviour.times());
	}

}
