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
	private static final long RESERVE = 24L << 20;

	// What nobody asked for in figures shall not bother the laptop whose quarter is this
	// heap.
	private static final long UNASKED = 512L << 20;

	/**
	 * Returns how much may be held.
	 * @param wanted bytes asked for, 0 for as much as is safe, yet no more than 512 MiB
	 * @return bytes, never negative
	 */
	long ballast(long wanted) {
		long room = Math.max(0, Math.min((long) (this.max * SHARE), this.max - RESERVE) - this.live);
		return Math.min((wanted > 0) ? wanted : UNASKED, room);
	}

}
