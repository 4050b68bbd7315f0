package io.monitoringstack.doorayadapter.webhook;

/**
 * The service takes no more requests at the moment.
 */
final class NotAdmittedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	NotAdmittedException(Kind kind) {
		super(kind.explanation);
		this.kind = kind;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * Why not.
	 */
	enum Kind {

		BUSY("busy", "Too many webhooks are being worked on. Send it again."),

		SHUTTING_DOWN("shuttingDown", "The service is shutting down. Send it again.");

		private final String label;

		private final String explanation;

		Kind(String label, String explanation) {
			this.label = label;
			this.explanation = explanation;
		}

		String label() {
			return this.label;
		}

		String explanation() {
			return this.explanation;
		}

	}

}
