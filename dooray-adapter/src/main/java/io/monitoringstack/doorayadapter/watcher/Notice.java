package io.monitoringstack.doorayadapter.watcher;

import java.time.Instant;

/**
 * Something that people in the channel have to know.
 *
 * @param kind what
 * @param since begin of the silence: the last heartbeat, or the start of the watcher
 * @param until the heartbeat that ended it, or the present
 * @param never whether no heartbeat has ever come
 */
record Notice(Kind kind, Instant since, Instant until, boolean never) {

	/**
	 * What there is to tell.
	 */
	enum Kind {

		/** Heartbeats have stopped. */
		SILENT,

		/** They have not come back. */
		STILL_SILENT,

		/** They are back. */
		RETURNED

	}

}
