package io.monitoringstack.doorayadapter.message;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

/**
 * The pages for a group as a whole.
 *
 * @param alerts list of the alerts
 * @param silence form that silences them, filled in
 */
record GroupLinks(Optional<String> alerts, Optional<String> silence) {

	/** Beyond that, clients cut links. */
	private static final int MAX_LENGTH = 1000;

	static GroupLinks of(WebhookMessage message, PublicUrls urls) {
		WebhookMessage.Group group = message.group();
		boolean grafana = message.alerts().stream().anyMatch((alert) -> !alert.extras().silenceUrl().isEmpty());
		if (grafana) {
			// Its silence forms are in the alerts themselves.
			return new GroupLinks(
					Optional.ofNullable(urls.grafanaBase(group.externalUrl())).map((base) -> base + "/alerting/list"),
					Optional.empty());
		}
		Optional<String> base = Optional.ofNullable(urls.alertmanagerBase(group.externalUrl()));
		Optional<String> alerts = base.map((url) -> url + "/#/alerts" + receiver(group.escapedReceiver()))
			.filter((url) -> url.length() <= MAX_LENGTH);
		boolean firing = message.tally().count(AlertStatus.FIRING) > 0;
		return new GroupLinks(alerts, firing ? base.flatMap((url) -> silence(url, group)) : Optional.empty());
	}

	/**
	 * All matchers, since a silence with fewer would silence more than the reader sees.
	 */
	private static Optional<String> silence(String base, WebhookMessage.Group group) {
		Map<String, String> labels = group.commonLabels().isEmpty() ? group.labels() : group.commonLabels();
		boolean masked = labels.values().stream().anyMatch((value) -> value.contains("***"));
		if (!labels.containsKey("alertname") || masked || SafeText.holdsHook(labels.toString())) {
			// It would silence a whole site or team with two clicks.
			return Optional.empty();
		}
		String matchers = labels.entrySet()
			.stream()
			.map((label) -> name(label.getKey()) + "=" + PublicUrls.quote(label.getValue()))
			.collect(Collectors.joining(", ", "{", "}"));
		return Optional.of(base + "/#/silences/new?filter=" + PublicUrls.encode(matchers))
			.filter((url) -> url.length() <= MAX_LENGTH);
	}

	private static String receiver(String receiver) {
		return (receiver.isEmpty() || SafeText.holdsHook(receiver)) ? "" : "?receiver=" + PublicUrls.encode(receiver);
	}

	private static String name(String name) {
		return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : PublicUrls.quote(name);
	}

}
