package io.monitoringstack.demoapp.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A switch as it stands.
 *
 * @param name name of the switch
 * @param active whether it is on
 * @param since when it was switched on, if it is
 * @param until when it ends by itself, if it is on
 * @param remainingSeconds time until then, 0 when it is off
 * @param parameters values in force, empty when it is off
 * @param figures what it does at the moment, empty when there is nothing to count
 * @param alert name of the alert it leads to
 * @param accepts parameters it takes
 */
public record ChaosStatus(String name, boolean active, @Nullable Instant since, @Nullable Instant until,
		long remainingSeconds, Map<String, Double> parameters, Map<String, Long> figures, String alert,
		List<ChaosParameter> accepts) {

}
