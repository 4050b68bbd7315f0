package io.monitoringstack.doorayadapter.delivery;

/**
 * Posts messages to hooks, no faster than Dooray allows.
 */
public interface MessageSender {

	/**
	 * Posts the message and waits for the answer, until the deadline at most.
	 * @param hook where to
	 * @param parcel what
	 * @param deadline when to give up
	 * @return what became of the message
	 */
	Outcome send(Hook hook, Parcel parcel, Deadline deadline);

}
