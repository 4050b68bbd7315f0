package io.monitoringstack.doorayadapter.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Writes the digest for those whose shift begins: what still fires, what was told most,
 * what is silenced.
 */
public final class DigestMessages {

	/** Lines of one box, and what is tried when that is too much. */
	private static final int MOST_LINES = 10;

	private static final Comparator<DigestFacts.Firing> LONGEST_FIRST = Comparator
		.comparing(DigestFacts.Firing::startsAt, Comparator.nullsLast(Comparator.naturalOrder()))
		.thenComparing(DigestFacts.Firing::name)
		.thenComparing(DigestFacts.Firing::target);

	private final MessageSettings settings;

	private final Texts texts;

	private final PublicUrls urls;

	public DigestMessages(MessageSettings settings, PublicUrls urls) {
		this.settings = settings;
		this.texts = new Texts(settings.language());
		this.urls = urls;
	}

	/**
	 * Writes the digest, with as many lines as fit.
	 * @param facts what to tell
	 * @param now the present
	 * @return the message
	 */
	public DoorayMessage of(DigestFacts facts, Instant now) {
		Times times = new Times(this.texts, this.settings.zone(), now);
		for (int lines = MOST_LINES; lines > 0; lines--) {
			DoorayMessage message = message(facts, times, lines);
			if (MessageSize.bytes(message) <= this.settings.limits().messageBytes()) {
				return message;
			}
		}
		return new DoorayMessage(botName(), headline(facts), null);
	}

	private DoorayMessage message(DigestFacts facts, Times times, int lines) {
		List<DoorayAttachment> cards = new ArrayList<>();
		Map<Severity, List<DigestFacts.Firing>> firing = bySeverity(facts);
		firing.forEach((severity, alerts) -> cards.add(firing(severity, alerts, times, lines)));
		if (facts.known() && firing.isEmpty()) {
			cards.add(new DoorayAttachment(this.texts.get("digest.quiet"), link(), null, Colour.RESOLVED));
		}
		cards.add(told(facts, times, lines));
		if (!facts.silences().isEmpty()) {
			cards.add(silences(facts.silences(), times, lines));
		}
		return new DoorayMessage(botName(), headline(facts), List.copyOf(cards));
	}

	private String headline(DigestFacts facts) {
		List<String> counts = new ArrayList<>();
		if (facts.known()) {
			counts.add(this.texts.get("head.firing", facts.firing().size()));
			bySeverity(facts).forEach((severity, alerts) -> counts
				.add(this.texts.get("pack.count", this.texts.severity(severity), alerts.size())));
			if (!facts.silences().isEmpty()) {
				counts.add(this.texts.get("digest.silences", facts.silences().size()));
			}
		}
		else {
			counts.add(this.texts.get("digest.unknown"));
		}
		String line = "[" + this.texts.get("digest.title") + "] " + String.join(" · ", counts);
		return facts.known() ? line : line + "\n" + this.texts.get("digest.unreachable");
	}

	private static Map<Severity, List<DigestFacts.Firing>> bySeverity(DigestFacts facts) {
		return facts.firing()
			.stream()
			.collect(Collectors.groupingBy(DigestFacts.Firing::severity, TreeMap::new, Collectors.toList()));
	}

	private DoorayAttachment firing(Severity severity, List<DigestFacts.Firing> alerts, Times times, int lines) {
		String title = this.texts.get("group.count", this.texts.severity(severity), alerts.size());
		return card(title, alerts.stream().sorted(LONGEST_FIRST).map((alert) -> line(alert, times)).toList(), lines,
				Colour.of(severity));
	}

	private String line(DigestFacts.Firing alert, Times times) {
		List<String> parts = new ArrayList<>();
		String name = TextLimit.cut(SafeText.line(alert.name()), 60);
		parts.add(name.isEmpty() ? this.texts.get("name.missing") : name);
		String target = TextLimit.cut(SafeText.line(alert.target()), 60);
		if (!target.isEmpty()) {
			parts.add(target);
		}
		Instant start = alert.startsAt();
		if (start != null) {
			parts.add(this.texts.get("digest.since", times.moment(start),
					times.duration(Times.between(start, times.now()))));
		}
		return String.join(" | ", parts);
	}

	private DoorayAttachment told(DigestFacts facts, Times times, int lines) {
		String since = times.moment(facts.since());
		if (facts.told().isEmpty()) {
			return new DoorayAttachment(this.texts.get("digest.told.none", since), null, null, Colour.NEUTRAL);
		}
		List<String> counts = facts.told()
			.entrySet()
			.stream()
			.map((count) -> this.texts.get("digest.told.count", TextLimit.cut(SafeText.line(count.getKey()), 60),
					count.getValue()))
			.toList();
		return card(this.texts.get("digest.told", since), counts, lines, Colour.NEUTRAL);
	}

	private DoorayAttachment silences(List<DigestFacts.Silence> silences, Times times, int lines) {
		List<String> texts = silences.stream()
			.sorted(Comparator.comparing(DigestFacts.Silence::endsAt, Comparator.nullsLast(Comparator.naturalOrder())))
			.map((silence) -> line(silence, times))
			.toList();
		return card(this.texts.get("digest.silences", silences.size()), texts, lines, Colour.NEUTRAL);
	}

	private String line(DigestFacts.Silence silence, Times times) {
		List<String> parts = new ArrayList<>();
		parts.add(TextLimit.cut(SafeText.line(silence.matchers()), 120));
		parts.add(this.texts.get("digest.silenced", silence.alerts()));
		Instant end = silence.endsAt();
		if (end != null) {
			parts.add(this.texts.get("digest.until", times.moment(end)));
		}
		for (String text : List.of(silence.createdBy(), silence.comment())) {
			String line = TextLimit.cut(SafeText.line(text), 60);
			if (!line.isEmpty()) {
				parts.add(line);
			}
		}
		return String.join(" | ", parts);
	}

	private DoorayAttachment card(String title, List<String> all, int most, String colour) {
		List<String> lines = all.stream()
			.limit(most)
			.map((line) -> "• " + line)
			.collect(Collectors.toCollection(ArrayList::new));
		if (all.size() > most) {
			lines.add(this.texts.get("pack.others", all.size() - most));
		}
		String text = TextLimit.cutAtLineEnd(String.join("\n", lines), this.settings.limits().textLength());
		return new DoorayAttachment(title, link(), text, colour);
	}

	private @Nullable String link() {
		String base = this.urls.alertmanagerBase("");
		return (base != null) ? base + "/#/alerts" : null;
	}

	private String botName() {
		return TextLimit.cut(SafeText.line(this.settings.botName()), 50);
	}

}
