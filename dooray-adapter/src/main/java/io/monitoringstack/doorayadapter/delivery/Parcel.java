package io.monitoringstack.doorayadapter.delivery;

import io.monitoringstack.doorayadapter.message.DoorayMessage;

/**
 * A message on its way to a hook.
 *
 * @param message what Dooray is told
 * @param alerts alerts it is about
 * @param urgent whether it goes before others that wait for the same hook
 */
public record Parcel(DoorayMessage message, int alerts, boolean urgent) {

}
