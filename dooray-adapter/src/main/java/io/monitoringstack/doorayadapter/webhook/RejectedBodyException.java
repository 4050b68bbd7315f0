package io.monitoringstack.doorayadapter.webhook;

/**
 * The body can never be read as a webhook message, however often it is sent.
 */
public final class RejectedBodyException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	RejectedBodyException(Kind kind) {
		super(kind.explanation);
		this.kind = kind;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * What is wrong with the body, and what to tell the sender.
	 */
	enum Kind {

		EMPTY("empty", "The body is empty. Expected the JSON that Alertmanager's webhook_config sends."),

		NOT_JSON("notJson", "The body is not valid JSON. Expected the JSON that Alertmanager's webhook_config sends."),

		RAW_ALERTS("rawAlerts", "The body is a list of alerts, as Prometheus sends to Alertmanager. "
				+ "Point Prometheus at Alertmanager (alerting.alertmanagers), and a webhook_config of Alertmanager here."),

		NOT_A_WEBHOOK("notAWebhook", "The JSON has none of the fields of an Alertmanager webhook message, "
				+ "such as receiver, groupKey or alerts.");

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
