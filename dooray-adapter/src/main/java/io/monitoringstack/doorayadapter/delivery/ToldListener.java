package io.monitoringstack.doorayadapter.delivery;

import java.util.Map;

/**
 * Told of each message on alerts that Dooray took.
 */
@FunctionalInterface
public interface ToldListener {

	/**
	 * A message was told.
	 * @param firing number of its firing alerts by name
	 */
	void told(Map<String, Integer> firing);

}
