package io.monitoringstack.dooraysimulator.api;

import java.util.Map;

/**
 * All that the page shows beside the messages.
 *
 * @param generation changes when the messages known so far are gone, by clearing or by a
 * restart
 * @param behaviour behaviour for hooks without their own
 * @param hooks behaviour of hooks that have their own
 * @param keepMessages messages kept
 * @param keepBytes bytes of bodies kept
 */
record StateView(String generation, BehaviourView behaviour, Map<String, BehaviourView> hooks, int keepMessages,
		long keepBytes) {

}
