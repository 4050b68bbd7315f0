package io.monitoringstack.doorayadapter.webhook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Collects the fields of one webhook message while they are read.
 */
final class MessageBuilder {

	private static final Set<String> TEXTS = Set.of("version", "groupKey", "status", "receiver", "externalURL",
			"notification_reason");

	/** A status or a version alone may be anybody's JSON. */
	private static final Set<String> IDENTIFYING = Set.of("groupKey", "receiver");

	private static final Set<String> MAPS = Set.of("groupLabels", "commonLabels", "commonAnnotations", "routeLabels");

	private final int keptAlerts;

	private final PriorityQueue<Alert> kept = new PriorityQueue<>(Alert.MOST_IMPORTANT_FIRST.reversed());

	private final Tally tally = new Tally();

	private final Map<String, String> texts = new HashMap<>();

	private final Map<String, Map<String, String>> maps = new HashMap<>();

	private long truncatedAlerts;

	private boolean recognised;

	MessageBuilder(int keptAlerts) {
		this.keptAlerts = keptAlerts;
	}

	// Takes one field of the message; the parser stands on the first token of its value
	// and is left on the last one.
	void read(String name, JsonParser parser) {
		if (TEXTS.contains(name)) {
			this.texts.put(name, JsonValues.text(parser));
			this.recognised = this.recognised || IDENTIFYING.contains(name);
		}
		else if (MAPS.contains(name)) {
			this.maps.put(name, JsonValues.map(parser));
			this.recognised = true;
		}
		else if (name.equals("truncatedAlerts")) {
			this.truncatedAlerts = Math.max(0, JsonValues.number(parser));
		}
		else if (name.equals("alerts")) {
			this.recognised = true;
			readAlerts(parser);
		}
		else {
			parser.skipChildren();
		}
	}

	private void readAlerts(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return;
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				add(AlertReader.read(parser));
			}
			else {
				this.tally.addUnreadable();
				parser.skipChildren();
			}
		}
	}

	private void add(Alert alert) {
		this.tally.add(alert);
		this.kept.add(alert);
		if (this.kept.size() > this.keptAlerts) {
			this.kept.remove();
		}
	}

	// Returns whether anything was seen that a webhook message has.
	boolean recognised() {
		return this.recognised;
	}

	String version() {
		return text("version");
	}

	WebhookMessage build(boolean cutShort) {
		WebhookMessage.Group group = WebhookMessage.Group.of(text("groupKey"), text("receiver"), map("groupLabels"),
				map("commonLabels"), map("commonAnnotations"), map("routeLabels"), text("externalURL"));
		List<Alert> alerts = new ArrayList<>(this.kept);
		alerts.sort(Alert.MOST_IMPORTANT_FIRST);
		return new WebhookMessage(group, status(), NotificationReason.of(text("notification_reason")),
				this.truncatedAlerts, alerts, this.tally, cutShort);
	}

	private AlertStatus status() {
		if (this.tally.total() == 0) {
			return AlertStatus.of(text("status"));
		}
		return (this.tally.count(AlertStatus.FIRING) > 0) ? AlertStatus.FIRING : AlertStatus.RESOLVED;
	}

	private String text(String name) {
		return this.texts.getOrDefault(name, "");
	}

	private Map<String, String> map(String name) {
		return this.maps.getOrDefault(name, Map.of());
	}

}
