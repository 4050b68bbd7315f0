package io.monitoringstack.doorayadapter.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One call of Alertmanager's webhook: the present state of one alert group.
 *
 * @param group what the alerts have in common
 * @param status firing while at least one alert fires
 * @param reason why it was sent
 * @param truncatedAlerts alerts that Alertmanager left out
 * @param alerts details of the most important alerts, the most important first
 * @param tally counts of all alerts
 * @param cutShort whether the body went over the size limit and was read in part
 */
public record WebhookMessage(Group group, AlertStatus status, NotificationReason reason, long truncatedAlerts,
		List<Alert> alerts, Tally tally, boolean cutShort) {

	public WebhookMessage {
		alerts = List.copyOf(alerts);
	}

	/**
	 * Returns the highest severity of the firing alerts; of the resolved ones when
	 * nothing fires any more, so that the good news reaches the channel that had the bad
	 * news. Severities that are not known count only when no alert has a known one;
	 * {@code null} when there is no alert.
	 */
	public @Nullable Severity severity() {
		Map<Severity, Integer> counts = this.tally.firing().isEmpty() ? this.tally.resolved() : this.tally.firing();
		return counts.keySet()
			.stream()
			.filter((severity) -> severity != Severity.UNKNOWN)
			.min(Severity::compareTo)
			.orElse(counts.isEmpty() ? null : Severity.UNKNOWN);
	}

	/**
	 * Returns how many alerts tell no severity that is known.
	 */
	public int unknownSeverities() {
		return this.tally.firing().getOrDefault(Severity.UNKNOWN, 0)
				+ this.tally.resolved().getOrDefault(Severity.UNKNOWN, 0);
	}

	/**
	 * What the alerts of a message have in common. Texts are empty and maps are empty
	 * when the sender left them out.
	 *
	 * @param key identity of the route and the group labels
	 * @param receiver receiver as written in the configuration, not escaped
	 * @param escapedReceiver receiver as sent, with the characters of regular expressions
	 * escaped
	 * @param labels labels that make the group
	 * @param commonLabels labels that all alerts share
	 * @param commonAnnotations annotations that all alerts share
	 * @param routeLabels labels of the matched route, since Alertmanager 0.34
	 * @param externalUrl where the sender thinks its own page is
	 */
	public record Group(String key, String receiver, String escapedReceiver, Map<String, String> labels,
			Map<String, String> commonLabels, Map<String, String> commonAnnotations, Map<String, String> routeLabels,
			String externalUrl) {

		/** Characters that Alertmanager escapes in receiver names. */
		private static final String ESCAPED = "\\\\([\\\\.+*?()|\\[\\]{}^$])";

		public static Group of(String key, String receiver, Map<String, String> labels,
				Map<String, String> commonLabels, Map<String, String> commonAnnotations,
				Map<String, String> routeLabels, String externalUrl) {
			return new Group(key, receiver.replaceAll(ESCAPED, "$1"), receiver, labels, commonLabels, commonAnnotations,
					routeLabels, externalUrl);
		}

		/**
		 * Returns a short hash of the key, by which people tell groups apart; empty when
		 * there is no key.
		 */
		public String shortKey() {
			if (this.key.isEmpty()) {
				return "";
			}
			try {
				byte[] hash = MessageDigest.getInstance("SHA-256").digest(this.key.getBytes(StandardCharsets.UTF_8));
				return HexFormat.of().formatHex(hash, 0, 4);
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("Every JDK has SHA-256", ex);
			}
		}

	}

}
