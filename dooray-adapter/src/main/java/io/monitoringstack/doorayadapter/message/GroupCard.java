package io.monitoringstack.doorayadapter.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

/**
 * Writes the last attachment: what was left out, what all alerts share, and the pages for
 * the group as a whole.
 */
final class GroupCard {

	private static final int SHOWN_NAMES = 5;

	private final Texts texts;

	private final MessageSettings settings;

	private final PublicUrls urls;

	private final Labels labels;

	GroupCard(Texts texts, MessageSettings settings, PublicUrls urls) {
		this.texts = texts;
		this.settings = settings;
		this.urls = urls;
		this.labels = new Labels(settings.noiseLabels());
	}

	// Write the attachment. firingCut: firing alerts that the message does not tell
	// resolvedCut: resolved alerts that the message does not tell
	DoorayAttachment of(WebhookMessage message, int firingCut, int resolvedCut) {
		GroupLinks links = GroupLinks.of(message, this.urls);
		List<String> lines = new ArrayList<>();
		if (firingCut + resolvedCut > 0) {
			addOverview(lines, message.tally());
			lines.add(this.texts.get("more", firingCut + resolvedCut, counts(firingCut, resolvedCut)));
		}
		addGaps(lines, message);
		String common = this.labels.line(message.group().commonLabels(), Map.of(), "");
		if (message.tally().total() > 1 && !common.isEmpty()) {
			lines.add(this.texts.get("group.labels", TextLimit.cut(common, 300)));
		}
		links.alerts().ifPresent((url) -> lines.add(this.texts.get("link.alerts", url)));
		links.silence().ifPresent((url) -> lines.add(this.texts.get("link.silence", url)));
		lines.add(origin(message));
		String text = TextLimit.cutAtLineEnd(String.join("\n", lines), this.settings.limits().textLength());
		return new DoorayAttachment(this.texts.get("group.title"), links.alerts().orElse(null), text, Colour.NEUTRAL);
	}

	private String counts(int firing, int resolved) {
		List<String> counts = new ArrayList<>();
		if (firing > 0) {
			counts.add(this.texts.get("head.firing", firing));
		}
		if (resolved > 0) {
			counts.add(this.texts.get("head.resolved", resolved));
		}
		return String.join(" · ", counts);
	}

	private void addOverview(List<String> lines, Tally tally) {
		if (!tally.firing().isEmpty()) {
			lines.add(this.texts.get("group.severities", tally.firing()
				.entrySet()
				.stream()
				.map((count) -> this.texts.get("group.count", this.texts.severity(count.getKey()), count.getValue()))
				.collect(Collectors.joining(", "))));
		}
		Map<String, Integer> names = tally.names(AlertStatus.FIRING);
		if (names.size() > 1) {
			String most = names.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
				.limit(SHOWN_NAMES)
				.map((count) -> this.texts.get("group.count", name(count.getKey()), count.getValue()))
				.collect(Collectors.joining(", "));
			int others = names.size() - SHOWN_NAMES;
			lines.add(this.texts.get("group.names", (others > 0) ? this.texts.get("head.names", most, others) : most));
		}
	}

	private String name(String alertname) {
		String name = TextLimit.cut(SafeText.line(alertname), 40);
		return name.isEmpty() ? this.texts.get("name.missing") : name;
	}

	private void addGaps(List<String> lines, WebhookMessage message) {
		if (message.truncatedAlerts() > 0) {
			lines.add(this.texts.get("group.truncated", message.truncatedAlerts()));
		}
		if (message.tally().unreadable() > 0) {
			lines.add(this.texts.get("group.unreadable", message.tally().unreadable()));
		}
		if (message.cutShort()) {
			lines.add(this.texts.get("group.cutShort"));
		}
	}

	private String origin(WebhookMessage message) {
		List<String> parts = new ArrayList<>();
		String receiver = TextLimit.cut(SafeText.line(message.group().receiver()), 60);
		if (!receiver.isEmpty()) {
			parts.add(this.texts.get("group.receiver", receiver));
		}
		if (!message.group().key().isEmpty()) {
			parts.add(this.texts.get("group.key", message.group().shortKey()));
		}
		if (message.reason() != NotificationReason.UNKNOWN) {
			parts.add(this.texts.get("reason." + message.reason().name().toLowerCase(Locale.ROOT)));
		}
		return parts.isEmpty() ? this.texts.get("group.unknown") : String.join(" · ", parts);
	}

}
