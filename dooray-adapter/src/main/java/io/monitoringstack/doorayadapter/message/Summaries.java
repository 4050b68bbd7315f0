package io.monitoringstack.doorayadapter.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.Target;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

/**
 * Writes a group as one attachment, and counts what a digest of many groups tells.
 */
final class Summaries {

	/** Names and targets kept of a group. */
	private static final int MOST = 10;

	private static final int TOLD_ALERTS = 3;

	private static final int MAX_TEXT = 400;

	private final Texts texts;

	private final AlertCard card;

	private final PublicUrls urls;

	Summaries(Texts texts, AlertCard card, PublicUrls urls) {
		this.texts = texts;
		this.card = card;
		this.urls = urls;
	}

	GroupSummary of(WebhookMessage message, String text, Remarks remarks, Context context) {
		Severity severity = (message.severity() != null) ? message.severity() : Severity.UNKNOWN;
		String[] lines = text.split("\n", 2);
		String body = body(message, remarks, context);
		String all = (lines.length > 1) ? lines[1] + "\n" + body : body;
		String colour = (message.status() == AlertStatus.RESOLVED) ? Colour.RESOLVED : Colour.of(severity);
		DoorayAttachment attachment = new DoorayAttachment(lines[0],
				GroupLinks.of(message, this.urls).alerts().orElse(null), TextLimit.cutAtLineEnd(all, MAX_TEXT), colour);
		return new GroupSummary(message.group().shortKey(), severity, Map.copyOf(message.tally().firing()),
				message.tally().count(AlertStatus.RESOLVED), names(message), targets(message), attachment,
				remarks.mention().text());
	}

	private String body(WebhookMessage message, Remarks remarks, Context context) {
		List<Alert> alerts = message.alerts();
		if (alerts.size() == 1) {
			Alert alert = alerts.get(0);
			DoorayAttachment one = alert.firing()
					? this.card.firing(alert, remarks.changes(), Map.of(), Detail.SHORT_DESCRIPTION, context)
					: this.card.resolved(alert, Detail.SHORT_DESCRIPTION, context);
			return this.card.summary(alert) + ((one.text() != null) ? "\n" + one.text() : "");
		}
		List<String> lines = alerts.stream()
			.limit(TOLD_ALERTS)
			.map((alert) -> "• " + TextLimit.cut(this.card.summary(alert), 100))
			.collect(Collectors.toCollection(ArrayList::new));
		int others = message.tally().total() - lines.size();
		if (others > 0) {
			lines.add(this.texts.get("pack.others", others));
		}
		return String.join("\n", lines);
	}

	private Map<String, Integer> names(WebhookMessage message) {
		Map<String, Integer> names = new LinkedHashMap<>();
		message.tally()
			.names(message.status())
			.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(MOST)
			.forEach((count) -> names.merge(name(count.getKey()), count.getValue(), Integer::sum));
		return names;
	}

	private String name(String name) {
		String safe = TextLimit.cut(SafeText.line(name), 40);
		return safe.isEmpty() ? this.texts.get("name.missing") : safe;
	}

	private static Map<String, Integer> targets(WebhookMessage message) {
		Map<String, Integer> targets = new LinkedHashMap<>();
		for (Alert alert : message.alerts()) {
			Target target = Target.of(alert.labels());
			if (target != null && (targets.size() < MOST || targets.containsKey(target.shortName()))) {
				targets.merge(TextLimit.cut(SafeText.line(target.shortName()), 40), 1, Integer::sum);
			}
		}
		return targets;
	}

}
