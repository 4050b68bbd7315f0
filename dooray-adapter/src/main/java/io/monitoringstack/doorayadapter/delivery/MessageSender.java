package io.monitoringstack.doorayadapter.delivery;

import io.monitoringstack.doorayadapter.message.DoorayMessage;

/**
 * Posts messages to hooks, no faster than Dooray allows.
 */
public interface MessageSender {

	/**
	 * Posts the message and waits for the answer, until the deadline at most.
	 * @param hook where to
	 * @param message what
	 * @param urgent whether it goes before others that wait for the same hook
	 * @param deadline when to give up
	 * @return what became of the message
	 */
	Outcome send(Hook hook, DoorayMessage message, boolean urgent, Deadline deadline);

}
