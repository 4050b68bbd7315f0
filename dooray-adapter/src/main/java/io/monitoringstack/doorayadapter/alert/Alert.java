package io.monitoringstack.doorayadapter.alert;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One alert of a webhook message.
 *
 * @param status firing or resolved
 * @param labels labels, in the order received
 * @param annotations annotations, in the order received
 * @param startsAt since when it fires, {@code null} when missing or not a date
 * @param endsAt when it was resolved, {@code null} while it fires
 * @param generatorUrl page of the query or rule behind it, empty when there is none
 * @param fingerprint Alertmanager's hash of the labels
 * @param extras what only Grafana sends
 */
public record Alert(AlertStatus status, Map<String, String> labels, Map<String, String> annotations,
		@Nullable Instant startsAt, @Nullable Instant endsAt, String generatorUrl, String fingerprint,
		GrafanaExtras extras) {

	/**
	 * What a reader has to see first: firing before resolved, then by severity, then the
	 * newest.
	 */
	public static final Comparator<Alert> MOST_IMPORTANT_FIRST = Comparator.comparing(Alert::status)
		.thenComparing(Alert::severity)
		.thenComparing(Alert::changedAt, Comparator.reverseOrder())
		.thenComparing((alert) -> alert.label("instance"))
		.thenComparing(Alert::fingerprint);

	public boolean firing() {
		return this.status == AlertStatus.FIRING;
	}

	public Severity severity() {
		return Severity.of(label("severity"));
	}

	/**
	 * Returns the label, or an empty text.
	 */
	public String label(String name) {
		return this.labels.getOrDefault(name, "");
	}

	/**
	 * Returns the annotation, or an empty text.
	 */
	public String annotation(String name) {
		return this.annotations.getOrDefault(name, "");
	}

	private Instant changedAt() {
		Instant changedAt = (firing() || this.endsAt == null) ? this.startsAt : this.endsAt;
		return (changedAt != null) ? changedAt : Instant.EPOCH;
	}

	/**
	 * Links and values that Grafana's webhook adds to each alert; empty texts when
	 * absent.
	 *
	 * @param dashboardUrl dashboard the rule belongs to
	 * @param panelUrl panel the rule belongs to
	 * @param silenceUrl form that silences this alert
	 * @param values what the rule measured, as text
	 */
	public record GrafanaExtras(String dashboardUrl, String panelUrl, String silenceUrl, String values) {

		/** As in messages of Alertmanager. */
		public static final GrafanaExtras NONE = new GrafanaExtras("", "", "", "");

	}

}
