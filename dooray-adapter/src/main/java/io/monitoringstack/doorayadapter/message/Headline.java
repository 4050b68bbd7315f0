package io.monitoringstack.doorayadapter.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.Target;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;

/**
 * Writes the first line, the only one that a push notice on a phone shows: how bad, how
 * many, what, where.
 */
final class Headline {

	/** What phones show of a notice. */
	static final int MAX_LENGTH = 60;

	/** What an operator writes may be longer than phones show. */
	static final int MAX_OWN_LENGTH = 120;

	/** Room for a name or a target: as much as fits, never less than tells them apart. */
	private static final int MOST_ROOM = 30;

	private static final int LEAST_ROOM = 8;

	private static final String SEPARATOR = " | ";

	private final Texts texts;

	Headline(Texts texts) {
		this.texts = texts;
	}

	String of(WebhookMessage message, Remarks remarks) {
		String state = state(message, remarks.changes());
		if (remarks.resent()) {
			state = this.texts.get("head.resent") + " " + state;
		}
		String line = line(message, state, MOST_ROOM);
		for (int room = MOST_ROOM - 1; room >= LEAST_ROOM && length(line) > MAX_LENGTH; room--) {
			line = line(message, state, room);
		}
		return TextLimit.cut(line, MAX_LENGTH);
	}

	// Returns what a template may say in the first line.
	Map<String, Object> model(WebhookMessage message, Remarks remarks) {
		Tally tally = message.tally();
		Changes changes = remarks.changes();
		Severity severity = message.severity();
		Severity known = (severity != null) ? severity : Severity.UNKNOWN;
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("firing", message.status() == AlertStatus.FIRING);
		model.put("resolved", message.status() == AlertStatus.RESOLVED);
		model.put("severity", known.name().toLowerCase(Locale.ROOT));
		model.put("severityWord", this.texts.severity(known));
		model.put("firingCount", tally.count(AlertStatus.FIRING));
		model.put("resolvedCount", tally.count(AlertStatus.RESOLVED));
		model.put("newCount", changes.known() ? changes.added() : 0);
		model.put("ongoingCount", changes.known() ? changes.ongoing() : 0);
		model.put("repeats", changes.known() ? changes.repeats() : 0);
		model.put("resent", remarks.resent());
		model.put("name", names(message, MOST_ROOM));
		model.put("target", targets(message, MOST_ROOM));
		model.put("receiver", TextLimit.cut(SafeText.line(message.group().receiver()), MOST_ROOM));
		model.put("flapping", !remarks.findings().flaps().isEmpty());
		return model;
	}

	private static int length(String line) {
		return line.codePointCount(0, line.length());
	}

	private String line(WebhookMessage message, String state, int room) {
		String line = state + SEPARATOR + names(message, room);
		String targets = targets(message, room);
		return targets.isEmpty() ? line : line + SEPARATOR + targets;
	}

	private String state(WebhookMessage message, Changes changes) {
		Tally tally = message.tally();
		int firing = tally.count(AlertStatus.FIRING);
		int resolved = tally.count(AlertStatus.RESOLVED);
		if (message.status() == AlertStatus.RESOLVED) {
			String counted = (resolved > 0) ? " " + this.texts.get("head.count", resolved) : "";
			return bracket(this.texts.get("resolved")) + counted;
		}
		List<String> counts = changes.known() ? changes(changes) : counts(message, firing, resolved);
		if (firing + resolved == 0) {
			counts.add(this.texts.get("head.empty"));
		}
		Severity severity = message.severity();
		String word = this.texts.severity((severity != null) ? severity : Severity.UNKNOWN);
		return (bracket(word) + " " + String.join(" · ", counts)).strip();
	}

	private List<String> counts(WebhookMessage message, int firing, int resolved) {
		List<String> counts = new ArrayList<>();
		if (message.reason() == NotificationReason.REPEAT) {
			counts.add(this.texts.get("head.repeat"));
		}
		add(counts, "head.firing", firing);
		add(counts, "head.resolved", resolved);
		return counts;
	}

	private List<String> changes(Changes changes) {
		List<String> counts = new ArrayList<>();
		add(counts, "head.repeated", changes.repeats());
		add(counts, "head.new", changes.added());
		add(counts, "head.resolved", changes.resolved());
		add(counts, "head.ongoing", changes.ongoing());
		return counts;
	}

	private void add(List<String> counts, String key, int count) {
		if (count > 0) {
			counts.add(this.texts.get(key, count));
		}
	}

	private static String bracket(String word) {
		return "[" + word + "]";
	}

	private String names(WebhookMessage message, int room) {
		Map<String, Integer> names = message.tally().names(message.status());
		String first = message.alerts().isEmpty() ? "" : message.alerts().get(0).label("alertname");
		if (first.isBlank()) {
			first = message.group()
				.commonLabels()
				.getOrDefault("alertname", message.group().labels().getOrDefault("alertname", ""));
		}
		String name = SafeText.line(first);
		name = name.isEmpty() ? this.texts.get("name.missing") : TextLimit.cut(name, room);
		return (names.size() > 1) ? this.texts.get("head.names", name, names.size() - 1) : name;
	}

	private String targets(WebhookMessage message, int room) {
		for (Alert alert : message.alerts()) {
			Target target = Target.of(alert.labels());
			if (alert.status() == message.status() && target != null) {
				String name = TextLimit.cut(SafeText.line(target.shortName()), room);
				int others = message.tally().targets(message.status()) - 1;
				return (others > 0) ? this.texts.get("head.targets", name, others) : name;
			}
		}
		return "";
	}

}
