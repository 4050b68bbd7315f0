package io.monitoringstack.demoapp.chaos;

import java.util.Map;

/**
 * Something that has to be started and stopped with a switch. Switches that only change
 * how requests are answered have none: they are asked at each request.
 */
public interface ChaosEffect {

	ChaosSwitch chaosSwitch();

	void start(ChaosRun run);

	void stop();

	/**
	 * Returns what it does at the moment.
	 * @return figures by name
	 */
	Map<String, Long> figures();

}
