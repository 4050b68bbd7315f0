package io.monitoringstack.dooraysimulator.message;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import org.jspecify.annotations.Nullable;

/**
 * How a request is answered.
 *
 * @param outcome what became of it
 * @param behaviour behaviour in force for this answer
 * @param status HTTP status of the answer; {@code null} if there is none
 * @param complaint sentence for a caller whose message was refused
 */
public record Verdict(Outcome outcome, Behaviour behaviour, @Nullable Integer status, @Nullable String complaint) {

}
