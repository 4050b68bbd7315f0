package io.monitoringstack.doorayadapter.delivery;

import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.routing.Route;

/**
 * What would be sent, and where to.
 *
 * @param route channel and why
 * @param servedBy channel whose hook would be used
 * @param role why that hook
 * @param message what Dooray would be told
 * @param cut alerts that the message only counts, for want of room
 */
public record Preview(Route route, String servedBy, Hook.Role role, DoorayMessage message, int cut) {

}
