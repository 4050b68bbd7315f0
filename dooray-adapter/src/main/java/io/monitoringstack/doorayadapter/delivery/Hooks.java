package io.monitoringstack.doorayadapter.delivery;

import java.util.Optional;
import java.util.Set;

/**
 * The hooks there are at this moment.
 */
public interface Hooks {

	/**
	 * Tells which channels have a hook of their own.
	 * @return their names
	 */
	Set<String> channels();

	/**
	 * Chooses the hook through which a channel sends; there always is one.
	 * @param channel name of the channel
	 * @return its own hook, the one that stands in for it or the simulator's
	 */
	Hook hookFor(String channel);

	/**
	 * Chooses another hook for a channel whose hook Dooray refuses.
	 * @param broken the hook that Dooray refuses
	 * @return another one that people read, if there is one
	 */
	Optional<Hook> substituteFor(Hook broken);

}
