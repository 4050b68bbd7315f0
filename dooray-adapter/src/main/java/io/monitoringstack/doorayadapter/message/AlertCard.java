package io.monitoringstack.doorayadapter.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.Target;
import org.jspecify.annotations.Nullable;

/**
 * Writes the attachment of one alert.
 */
final class AlertCard {

	private static final int MAX_TITLE = 120;

	private static final int MAX_LINE = 200;

	/** Clocks of hosts may differ by that much without anybody minding. */
	private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

	private final Texts texts;

	private final MessageSettings settings;

	private final AlertLinks links;

	private final Labels labels;

	AlertCard(Texts texts, MessageSettings settings, PublicUrls urls) {
		this.texts = texts;
		this.settings = settings;
		this.links = new AlertLinks(texts, urls);
		this.labels = new Labels(settings.noiseLabels());
	}

	DoorayAttachment firing(Alert alert, Changes changes, Map<String, String> common, Detail detail, Context context) {
		String title = "[" + this.texts.severity(alert.severity()) + mark(alert, changes) + "] " + summary(alert);
		List<String> lines = new ArrayList<>();
		addTarget(lines, alert);
		Instant start = alert.startsAt();
		if (start != null) {
			lines.add(since(start, context.times()));
		}
		addFindings(lines, alert, detail, context.findings());
		addFacts(lines, alert, common, detail);
		if (detail.links()) {
			lines.addAll(this.links.lines(alert, detail.measurements()));
		}
		int room = this.settings.limits().textLength() - String.join("\n", lines).length() - 1;
		String description = description(alert, Math.min(room, detail.description()));
		if (!description.isEmpty()) {
			lines.add(0, description);
		}
		DoorayAttachment builtIn = attachment(title, this.links.best(alert), lines, Colour.of(alert.severity()));
		return written(builtIn, alert, changes, detail, context);
	}

	// Among reminders every alert is an ongoing one, and saying so helps nobody.
	private String mark(Alert alert, Changes changes) {
		if (!changes.known() || changes.none()) {
			return "";
		}
		return " · " + this.texts.get(changes.told(alert) ? "card.ongoing" : "card.new");
	}

	DoorayAttachment resolved(Alert alert, Detail detail, Context context) {
		String title = "[" + this.texts.get("resolved") + "] " + summary(alert);
		List<String> lines = new ArrayList<>();
		addTarget(lines, alert);
		String ended = ended(alert, context.times());
		if (!ended.isEmpty()) {
			lines.add(ended);
		}
		addFindings(lines, alert, Detail.TITLE_AND_TIME, context.findings());
		DoorayAttachment builtIn = attachment(title, this.links.best(alert), lines, Colour.RESOLVED);
		return written(builtIn, alert, Changes.UNKNOWN, detail, context);
	}

	private void addFindings(List<String> lines, Alert alert, Detail detail, Findings findings) {
		Integer flaps = findings.flaps().get(alert.fingerprint());
		if (flaps != null) {
			lines.add(this.texts.get("card.flapping", flaps));
		}
		String trend = findings.trends().get(alert.fingerprint());
		if (trend != null && detail.measurements()) {
			lines.add(this.texts.get("card.trend", trend));
		}
	}

	// Puts the operator's texts in place of ours, each cleaned and cut as ours are.
	private DoorayAttachment written(DoorayAttachment builtIn, Alert alert, Changes changes, Detail detail,
			Context context) {
		MessageTemplate template = context.template();
		if (template == null) {
			return builtIn;
		}
		Map<String, Object> model = model(builtIn, alert, changes, detail, context);
		String title = template.render(MessageTemplate.Part.TITLE, model);
		String safeTitle = (title != null) ? SafeText.line(title) : "";
		String body = template.render(MessageTemplate.Part.BODY, model);
		String text = builtIn.text();
		if (body != null) {
			int most = (detail == Detail.TITLE_AND_TIME) ? MAX_LINE : this.settings.limits().textLength();
			text = TextLimit.cutAtLineEnd(SafeText.block(body), most);
		}
		return new DoorayAttachment(safeTitle.isEmpty() ? builtIn.title() : TextLimit.cut(safeTitle, MAX_TITLE),
				builtIn.titleLink(), (text == null || text.isEmpty()) ? null : text, builtIn.color());
	}

	private Map<String, Object> model(DoorayAttachment builtIn, Alert alert, Changes changes, Detail detail,
			Context context) {
		Times times = context.times();
		Instant start = alert.startsAt();
		Instant end = alert.endsAt();
		Map<String, Object> model = new LinkedHashMap<>(facts(alert));
		model.put("builtInTitle", builtIn.title());
		model.put("builtInBody", (builtIn.text() != null) ? builtIn.text() : "");
		model.put("new", changes.known() && !changes.none() && !changes.told(alert));
		model.put("ongoing", changes.known() && (changes.none() || changes.told(alert)));
		model.put("description",
				(detail.description() > 0) ? description(alert, Math.min(2000, detail.description())) : "");
		model.put("started", (start != null) ? times.moment(start) : "");
		model.put("ended", (end != null) ? times.moment(end) : "");
		model.put("lasted",
				(start != null) ? times.duration(Times.between(start, (end != null) ? end : times.now())) : "");
		model.put("value", detail.measurements() ? TextLimit.cut(value(alert), MAX_LINE) : "");
		model.put("changesInLastHour", context.findings().flaps().getOrDefault(alert.fingerprint(), 0));
		model.put("lastHour",
				detail.measurements() ? context.findings().trends().getOrDefault(alert.fingerprint(), "") : "");
		this.links.pages(alert).forEach((name, url) -> {
			boolean told = detail.links() && (detail.measurements() || !(name.equals("logs") || name.equals("query")));
			model.put(name, told ? url : "");
		});
		model.put("link", (builtIn.titleLink() != null) ? builtIn.titleLink() : "");
		model.put("labels", detail.labels() ? this.labels.list(alert.labels()) : List.of());
		model.put("label", Labels.safe(alert.labels()));
		model.put("annotation", detail.labels() ? Labels.safe(alert.annotations()) : Map.of());
		return model;
	}

	// What a line about an alert needs.
	Map<String, Object> facts(Alert alert) {
		Target target = Target.of(alert.labels());
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("firing", alert.firing());
		facts.put("resolved", !alert.firing());
		facts.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
		facts.put("severityWord", this.texts.severity(alert.severity()));
		facts.put("name", TextLimit.cut(SafeText.line(alert.label("alertname")), MAX_TITLE));
		facts.put("summary", TextLimit.cut(summary(alert), MAX_LINE));
		facts.put("target", (target != null) ? TextLimit.cut(SafeText.line(target.name()), MAX_LINE) : "");
		facts.put("targetShort", (target != null) ? TextLimit.cut(SafeText.line(target.shortName()), MAX_LINE) : "");
		return facts;
	}

	// Returns one line that tells of a resolved alert among many.
	String resolvedLine(Alert alert, Times times) {
		String summary = TextLimit.cut(summary(alert), MAX_TITLE / 2);
		Target target = Target.of(alert.labels());
		String where = (target != null) ? SafeText.line(target.shortName()) : "";
		String what = (where.isEmpty() || summary.contains(where)) ? summary
				: TextLimit.cut(where, MAX_TITLE / 2) + " · " + summary;
		Instant start = alert.startsAt();
		Instant end = alert.endsAt();
		String took = (start != null && end != null)
				? " · " + this.texts.get("resolved.after", times.duration(Times.between(start, end))) : "";
		return "• " + what + took;
	}

	// Returns what an alert says of itself in one line.
	String summary(Alert alert) {
		for (String text : List.of(alert.annotation("summary" + this.settings.language().suffix()),
				alert.annotation("summary"), alert.annotation("title"), alert.label("alertname"))) {
			String line = SafeText.line(text);
			if (!line.isEmpty()) {
				return line;
			}
		}
		return this.texts.get("name.missing");
	}

	private String description(Alert alert, int codePoints) {
		for (String text : List.of(alert.annotation("description" + this.settings.language().suffix()),
				alert.annotation("description"), alert.annotation("message"),
				// What Grafana writes when a query of its rule fails.
				alert.annotation("Error"))) {
			String description = SafeText.block(text);
			if (!description.isEmpty()) {
				boolean news = codePoints > 1 && !description.equals(summary(alert));
				return news ? TextLimit.cutAtLineEnd(description, codePoints) : "";
			}
		}
		return "";
	}

	private void addTarget(List<String> lines, Alert alert) {
		Target target = Target.of(alert.labels());
		if (target != null) {
			String name = TextLimit.cut(SafeText.line(target.name()), MAX_LINE);
			boolean job = target.label().equals("job") || target.label().equals("exported_job");
			lines.add(this.texts.get(job ? "card.job" : "card.target", name));
		}
	}

	private String since(Instant start, Times times) {
		Duration lasts = Duration.between(start, times.now());
		String moment = times.moment(start);
		if (lasts.plus(CLOCK_TOLERANCE).isNegative()) {
			return this.texts.get("card.future", moment);
		}
		return (lasts.toSeconds() < 1) ? this.texts.get("card.now", moment)
				: this.texts.get("card.since", moment, times.duration(lasts));
	}

	private String ended(Alert alert, Times times) {
		Instant start = alert.startsAt();
		Instant end = alert.endsAt();
		if (start == null || end == null) {
			return (end != null) ? this.texts.get("resolved.at", times.moment(end)) : "";
		}
		Duration took = Times.between(start, end);
		if (took.toSeconds() < 1) {
			return this.texts.get("resolved.at", times.moment(end));
		}
		return times.range(start, end) + " · " + this.texts.get("resolved.after", times.duration(took));
	}

	private void addFacts(List<String> lines, Alert alert, Map<String, String> common, Detail detail) {
		String value = value(alert);
		if (detail.measurements() && !value.isEmpty()) {
			lines.add(this.texts.get("card.value", TextLimit.cut(value, MAX_LINE)));
		}
		Target target = Target.of(alert.labels());
		String labels = this.labels.line(alert.labels(), common, (target != null) ? target.label() : "");
		if (detail.labels() && !labels.isEmpty()) {
			lines.add(this.texts.get("card.labels", labels));
		}
	}

	private static String value(Alert alert) {
		for (String text : List.of(alert.annotation("value"), alert.annotation("current_value"),
				alert.extras().values())) {
			String value = SafeText.line(text);
			if (!value.isEmpty()) {
				return value;
			}
		}
		return "";
	}

	private DoorayAttachment attachment(String title, @Nullable String link, List<String> lines, String colour) {
		String text = TextLimit.cutAtLineEnd(String.join("\n", lines), this.settings.limits().textLength());
		return new DoorayAttachment(TextLimit.cut(title, MAX_TITLE), link, text.isEmpty() ? null : text, colour);
	}

}
