package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes of names, values and label sets. The seed differs from start to start, so nobody
 * can prepare a push whose series collide.
 */
final class Hashing {

	private static final long SEED = ThreadLocalRandom.current().nextLong();

	private static final long PRIME = 0x100000001b3L;

	private Hashing() {
	}

	static long start() {
		return SEED;
	}

	static long add(long hash, byte b) {
		return (hash ^ (b & 0xff)) * PRIME;
	}

	static long of(byte[] in, int from, int to) {
		long hash = SEED;
		for (int i = from; i < to; i++) {
			hash = add(hash, in[i]);
		}
		return hash;
	}

	/**
	 * Hashes a label so that the sum over a label set does not depend on their order.
	 * @param name hash of the name
	 * @param value hash of the value
	 * @return hash of the pair
	 */
	static long pair(long name, long value) {
		return mix(mix(name) + value);
	}

	static long mix(long hash) {
		long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
