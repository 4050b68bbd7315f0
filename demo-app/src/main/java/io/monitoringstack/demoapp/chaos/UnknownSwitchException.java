package io.monitoringstack.demoapp.chaos;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * There is no such switch. The message names those that exist.
 */
public final class UnknownSwitchException extends RuntimeException {

	public UnknownSwitchException() {
		super("No such switch; the switches are "
				+ Arrays.stream(ChaosSwitch.values()).map(ChaosSwitch::key).collect(Collectors.joining(", ")));
	}

}
