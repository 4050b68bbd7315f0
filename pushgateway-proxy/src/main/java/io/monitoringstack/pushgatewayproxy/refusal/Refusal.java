package io.monitoringstack.pushgatewayproxy.refusal;

import java.util.Map;

/**
 * An answer of the proxy's own making.
 *
 * @param status status of HTTP
 * @param reason closed reason for metrics
 * @param text sentence for the person who sent the request
 * @param headers further response headers
 */
public record Refusal(int status, Reason reason, String text, Map<String, String> headers) {

	public Refusal(int status, Reason reason, String text) {
		this(status, reason, text, Map.of());
	}

	/**
	 * A refusal that is worth repeating after a pause.
	 * @param status status of HTTP
	 * @param reason closed reason for metrics
	 * @param text sentence for the caller
	 * @return the refusal with a short {@code Retry-After}
	 */
	public static Refusal retryLater(int status, Reason reason, String text) {
		return new Refusal(status, reason, text, Map.of("Retry-After", "2"));
	}

	public RefusedException asException() {
		return new RefusedException(this);
	}

}
