package io.monitoringstack.doorayadapter.delivery;

/**
 * Why a message was not delivered. The labels follow Alertmanager's, where it has one.
 */
public enum FailureReason {

	/** Dooray refuses the message itself. */
	CLIENT_ERROR("clientError", false),

	/** The hook is wrong or gone. */
	AUTH_ERROR("authError", false),

	/** Dooray answers with a redirect, which is never followed: the URL is wrong. */
	REDIRECT("redirect", false),

	/** Dooray takes no more for now. */
	RATE_LIMITED("rateLimited", true),

	/** Dooray has a failure of its own. */
	SERVER_ERROR("serverError", true),

	/** No connection: nothing was sent. */
	CONNECT_ERROR("connectError", true),

	/** The answer did not come in time or broke off: it may have been delivered. */
	NO_ANSWER("contextDeadlineExceeded", true),

	/** Others were waiting for the same hook; nothing was sent. */
	HOOK_BUSY("hookBusy", true),

	/** Dooray failed several times in a row and is left alone for a moment. */
	CIRCUIT_OPEN("circuitOpen", true),

	/** The service was told to stop. */
	CANCELED("contextCanceled", true);

	private final String label;

	private final boolean temporary;

	FailureReason(String label, boolean temporary) {
		this.label = label;
		this.temporary = temporary;
	}

	public String label() {
		return this.label;
	}

	// Returns whether the same message may succeed later without anybody acting.
	public boolean temporary() {
		return this.temporary;
	}

	// Returns whether somebody has to correct the hook's URL.
	public boolean hookBroken() {
		return this == AUTH_ERROR || this == REDIRECT;
	}

}
