package io.monitoringstack.doorayadapter.store;

import java.time.Duration;

import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.LastTold;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that throws whatever it likes when it cannot be reached.
 */
interface RemoteStore {

	@Nullable LastTold last(GroupId group);

	void told(GroupId group, LastTold last);

	ToldStore.Claim claim(ToldStore.Turn turn, Duration length, Duration remembered);

	void release(ToldStore.Turn turn, boolean settled);

	void ping();

	// Forgets connections that may be broken.
	void reconnect();

}
