package io.monitoringstack.doorayadapter.delivery;

/**
 * Is told how each delivery ended, in the thread that delivered, before the caller is
 * answered: it has to be quick. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface DeliveryListener {

	/**
	 * A delivery ended.
	 * @param report how
	 */
	void ended(DeliveryReport report);

}
