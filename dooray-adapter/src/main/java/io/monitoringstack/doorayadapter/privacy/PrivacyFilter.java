package io.monitoringstack.doorayadapter.privacy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Hides personal data in what people wrote: annotations and labels. Names by which things
 * are found stay as they are, and so do links.
 */
@Profile("!watcher")
@Component
public final class PrivacyFilter {

	private static final Set<String> UNTOUCHED = Set.of("alertname", "severity", "instance", "pod", "container", "node",
			"namespace", "job", "exported_job", "runbook_url", "runbook", "dashboard_url", "dashboard");

	private final Set<PersonalData> kinds;

	private final MeterRegistry registry;

	public PrivacyFilter(PrivacyProperties properties, MeterRegistry registry) {
		this.kinds = properties.kinds();
		this.registry = registry;
		for (PersonalData kind : PersonalData.values()) {
			count(kind, 0);
		}
	}

	/**
	 * Hides personal data in a message.
	 * @param message the message
	 * @return the same without it
	 */
	public WebhookMessage filter(WebhookMessage message) {
		if (this.kinds.isEmpty()) {
			return message;
		}
		WebhookMessage.Group group = message.group();
		WebhookMessage.Group filtered = new WebhookMessage.Group(group.key(), group.receiver(), group.escapedReceiver(),
				filter(group.labels()), filter(group.commonLabels()), filter(group.commonAnnotations()),
				group.routeLabels(), group.externalUrl());
		return new WebhookMessage(filtered, message.status(), message.reason(), message.truncatedAlerts(),
				message.alerts().stream().map(this::filter).toList(), message.tally(), message.cutShort());
	}

	private Alert filter(Alert alert) {
		Alert.GrafanaExtras extras = alert.extras();
		return new Alert(alert.status(), filter(alert.labels()), filter(alert.annotations()), alert.startsAt(),
				alert.endsAt(), alert.generatorUrl(), alert.fingerprint(), new Alert.GrafanaExtras(
						extras.dashboardUrl(), extras.panelUrl(), extras.silenceUrl(), filter(extras.values())));
	}

	private Map<String, String> filter(Map<String, String> texts) {
		Map<String, String> filtered = new LinkedHashMap<>();
		texts.forEach((name, text) -> filtered.put(name, UNTOUCHED.contains(name) ? text : filter(text)));
		return filtered;
	}

	/**
	 * Hides personal data in a text.
	 * @param text what somebody wrote
	 * @return the same without it
	 */
	public String filter(String text) {
		String filtered = text;
		for (PersonalData kind : this.kinds) {
			filtered = kind.hide(filtered, () -> count(kind, 1));
		}
		return filtered;
	}

	private void count(PersonalData kind, int times) {
		this.registry.counter("dooray.personal.data.masked", "kind", kind.label()).increment(times);
	}

}
