package io.monitoringstack.demoapp.chaos.effect;

/**
 * How much of the heap can be taken away without stopping the service.
 *
 * @param max size of the pool in which long-lived objects are kept, in bytes
 * @param live what is alive in it already, in bytes
 */
record HeapRoom(long max, long live) {

	// Above this share the collector would do little else than look for room.
	static final double SHARE = 0.88;

	// What requests need between two collections.
	private static final long RESERVE = 16L << 20;

	/**
	 * Returns how much may be held.
	 * @param wanted bytes asked for
	 * @return bytes, never negative
	 */
	long ballast(long wanted) {
		long room = Math.min((long) (this.max * SHARE), this.max - RESERVE) - this.live;
		return Math.max(0, Math.min(wanted, room));
	}

}
