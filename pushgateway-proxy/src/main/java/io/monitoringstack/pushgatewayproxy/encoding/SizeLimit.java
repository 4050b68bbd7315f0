package io.monitoringstack.pushgatewayproxy.encoding;

/**
 * How large a body may be.
 *
 * @param bytes most bytes
 * @param remedy what to do about a larger one, and whose limit it is
 */
public record SizeLimit(long bytes, String remedy) {

	/**
	 * The limit for everybody.
	 * @param bytes most bytes
	 * @return the limit
	 */
	public static SizeLimit forEverybody(long bytes) {
		return new SizeLimit(bytes, "Push less at a time, or let the operator raise PUSH_MAX_BYTES.");
	}

}
