package io.monitoringstack.pushgatewayproxy.edge;

import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Pushgateway did not answer. Says whether it may have got the request all the same.
 */
public final class StoreFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final transient @Nullable Refusal refusal;

	public StoreFailure(Kind kind, @Nullable Refusal refusal, @Nullable Throwable cause) {
		super((cause != null) ? cause.toString() : kind.name(), cause, false, false);
		this.kind = kind;
		this.refusal = refusal;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * What to tell the caller.
	 * @return the refusal, or this
	 */
	Throwable forCaller() {
		return (this.refusal != null) ? this.refusal.asException() : this;
	}

	/**
	 * What is known about the request.
	 */
	public enum Kind {

		/** Nothing was sent. */
		NOT_SENT,

		/** Nothing was sent, because Pushgateway was started anew. */
		RESTARTED,

		/** It was sent, and whether it arrived is not known. */
		UNKNOWN

	}

}
