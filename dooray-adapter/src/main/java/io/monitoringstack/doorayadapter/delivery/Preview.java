package io.monitoringstack.doorayadapter.delivery;

import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.routing.Route;
import org.jspecify.annotations.Nullable;

/**
 * What would be sent, and where to.
 *
 * @param route channel and why
 * @param servedBy channel whose hook would be used
 * @param role why that hook
 * @param message what Dooray would be told
 * @param cut alerts that the message only counts, for want of room
 * @param templateProblem why the built-in texts stand in for the operator's template,
 * {@code null} when they do not
 */
public record Preview(Route route, String servedBy, Hook.Role role, DoorayMessage message, int cut,
		@Nullable String templateProblem) {

}
