package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.pushers.SeenPush;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one push or delete while it goes through: filled in step by step,
 * told to metrics and access line at the end. Used by one thread at a time.
 */
final class PushAttempt {

	private final String verb;

	private final String client;

	private final long startNanos = System.nanoTime();

	private @Nullable String identity;

	private @Nullable SeenPush seen;

	private int bytes;

	private int series;

	private boolean content;

	PushAttempt(String verb, String client) {
		this.verb = verb;
		this.client = client;
	}

	/**
	 * The verb the client used, which need not be the one that goes to Pushgateway.
	 * @return the verb
	 */
	String verb() {
		return this.verb;
	}

	String client() {
		return this.client;
	}

	/**
	 * Name of the token that was shown.
	 * @return the name, or {@code null} where there are no tokens with names
	 */
	@Nullable String identity() {
		return this.identity;
	}

	void identity(@Nullable String identity) {
		this.identity = identity;
	}

	long tookNanos() {
		return System.nanoTime() - this.startNanos;
	}

	/**
	 * The push as others may see it, once it is known to be one.
	 * @return the push, or {@code null} before path and token were found to be in order
	 */
	@Nullable SeenPush seen() {
		return this.seen;
	}

	void seen(SeenPush seen) {
		this.seen = seen;
	}

	@Nullable String job() {
		return (this.seen != null) ? this.seen.key().job() : null;
	}

	boolean isDelete() {
		return "DELETE".equals(this.verb);
	}

	int bytes() {
		return this.bytes;
	}

	void bytes(int bytes) {
		this.bytes = bytes;
	}

	int series() {
		return this.series;
	}

	boolean hasContent() {
		return this.content;
	}

	void series(int series) {
		this.series = series;
		this.content = true;
	}

}
