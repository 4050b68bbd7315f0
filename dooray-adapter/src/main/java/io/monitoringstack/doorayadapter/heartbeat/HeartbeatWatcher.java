package io.monitoringstack.doorayadapter.heartbeat;

import java.time.Duration;
import java.time.Instant;

/**
 * Somebody who watches for heartbeats and speaks up when they stop.
 */
interface HeartbeatWatcher {

	// Returns its name in logs and metrics.
	String name();

	// Returns whether it is set at all.
	boolean present();

	/**
	 * Tells of a heartbeat and waits for the answer.
	 * @param signal when the rules behind it were evaluated
	 * @param limit how long to wait
	 * @return whether the watcher took it
	 * @throws InterruptedException if the thread is told to stop
	 */
	boolean tell(Instant signal, Duration limit) throws InterruptedException;

}
