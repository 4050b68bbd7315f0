package io.monitoringstack.doorayadapter.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Makes one Dooray message of the groups that wait for the same hook: whole messages one
 * after the other while they fit, else an attachment for each group, in a storm counts.
 */
public final class MessagePacker {

	private static final int TOP = 10;

	/** Of groups that leave together. */
	private static final int MOST_MENTIONS = 3;

	private final MessageSettings settings;

	private final Texts texts;

	private final String botName;

	public MessagePacker(MessageSettings settings) {
		this.settings = settings;
		this.texts = new Texts(settings.language());
		this.botName = TextLimit.cut(SafeText.line(settings.botName()), 50);
	}

	/**
	 * Packs as many as fit, the first ones first.
	 * @param groups what waits, the most urgent first; each has a summary
	 * @param notices what else there is to tell
	 * @return the message and the number of groups it tells of, one at least
	 */
	public Packed pack(List<FormattedMessage> groups, Notices notices) {
		if (groups.size() == 1) {
			return new Packed(with(groups.get(0).message(), notices), 1);
		}
		DoorayMessage whole = whole(groups, notices);
		if (whole != null) {
			return new Packed(whole, groups.size());
		}
		int most = Math.min(groups.size(), this.settings.limits().attachments());
		for (int count = most; count > 1; count--) {
			DoorayMessage cards = cards(groups.subList(0, count), notices);
			if (fits(cards)) {
				return new Packed(cards, count);
			}
		}
		return new Packed(with(groups.get(0).message(), notices), 1);
	}

	private @Nullable DoorayMessage whole(List<FormattedMessage> groups, Notices notices) {
		List<DoorayAttachment> all = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		lines.add(headline(groups));
		addNotices(lines, notices);
		for (FormattedMessage group : groups) {
			if (all.size() > this.settings.limits().attachments()) {
				return null;
			}
			lines.add("• " + group.message().text());
			List<DoorayAttachment> own = group.message().attachments();
			all.addAll((own != null) ? own : List.of());
		}
		DoorayMessage message = new DoorayMessage(this.botName, String.join("\n", lines), all);
		boolean few = all.size() <= this.settings.limits().attachments();
		return (few && message.text().length() <= this.settings.limits().textLength() && fits(message)) ? message
				: null;
	}

	private DoorayMessage cards(List<FormattedMessage> groups, Notices notices) {
		List<String> lines = new ArrayList<>();
		lines.add(headline(groups));
		addMentions(lines, groups);
		addNotices(lines, notices);
		return new DoorayMessage(this.botName, text(lines), summaries(groups).map(GroupSummary::card).toList());
	}

	/**
	 * Packs all of them without attachments, should Dooray refuse the other form.
	 * @param groups what waits
	 * @param notices what else there is to tell
	 * @return the message
	 */
	public DoorayMessage plain(List<FormattedMessage> groups, Notices notices) {
		List<String> lines = new ArrayList<>();
		if (groups.size() == 1) {
			lines.add(groups.get(0).plain().text());
			addNotices(lines, notices);
		}
		else {
			lines.add(headline(groups));
			addMentions(lines, groups);
			addNotices(lines, notices);
			summaries(groups).forEach((group) -> lines.add("• " + group.card().title()));
		}
		return new DoorayMessage(this.botName, text(lines), null);
	}

	/**
	 * Counts instead of telling one by one.
	 * @param groups all that waits, the most urgent first
	 * @param notices what else there is to tell
	 * @return the message
	 */
	public DoorayMessage digest(List<FormattedMessage> groups, Notices notices) {
		List<String> lines = new ArrayList<>();
		lines.add((groups.size() == 1) ? groups.get(0).message().text()
				: "[" + this.texts.get("storm.title") + "] " + headline(groups));
		if (groups.size() > 1) {
			addMentions(lines, groups);
		}
		addNotices(lines, notices);
		List<DoorayAttachment> attachments = new ArrayList<>();
		addTop(attachments, "storm.names", groups, GroupSummary::names);
		addTop(attachments, "storm.targets", groups, GroupSummary::targets);
		DoorayMessage message = new DoorayMessage(this.botName, text(lines), List.copyOf(attachments));
		int room = this.settings.limits().attachments() - attachments.size() - 1;
		List<DoorayAttachment> single = (groups.size() == 1) ? groups.get(0).message().attachments() : null;
		List<DoorayAttachment> cards = (single != null) ? single
				: summaries(groups).limit(Math.max(0, room)).map(GroupSummary::card).toList();
		int told = 0;
		for (DoorayAttachment card : cards) {
			attachments.add(card);
			int left = groups.size() - told - 1;
			DoorayMessage larger = new DoorayMessage(this.botName, message.text(), closed(attachments, left));
			if (told >= room || !fits(larger)) {
				break;
			}
			message = larger;
			told++;
		}
		return message;
	}

	private List<DoorayAttachment> closed(List<DoorayAttachment> attachments, int left) {
		List<DoorayAttachment> closed = new ArrayList<>(attachments);
		if (left > 0) {
			closed
				.add(new DoorayAttachment(this.texts.get("storm.more", left), null, null, Colour.of(Severity.UNKNOWN)));
		}
		return closed;
	}

	private void addTop(List<DoorayAttachment> attachments, String key, List<FormattedMessage> groups,
			Function<GroupSummary, Map<String, Integer>> counts) {
		Map<String, Integer> sum = new LinkedHashMap<>();
		summaries(groups)
			.forEach((group) -> counts.apply(group).forEach((name, count) -> sum.merge(name, count, Integer::sum)));
		if (sum.isEmpty()) {
			return;
		}
		List<String> lines = sum.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(TOP)
			.map((count) -> "• " + this.texts.get("group.count", count.getKey(), count.getValue()))
			.collect(Collectors.toCollection(ArrayList::new));
		if (sum.size() > TOP) {
			lines.add(this.texts.get("pack.others", sum.size() - TOP));
		}
		attachments.add(new DoorayAttachment(this.texts.get(key), null, String.join("\n", lines), worstColour(groups)));
	}

	/**
	 * Adds notices to a message that tells of one group.
	 * @param message the message
	 * @param notices what else there is to tell
	 * @return the message with a line for each
	 */
	public DoorayMessage with(DoorayMessage message, Notices notices) {
		List<String> lines = new ArrayList<>();
		lines.add(message.text());
		addNotices(lines, notices);
		return (lines.size() == 1) ? message
				: new DoorayMessage(message.botName(), String.join("\n", lines), message.attachments());
	}

	/**
	 * Tells the notices alone.
	 * @param notices what there is to tell
	 * @return the message
	 */
	public DoorayMessage only(Notices notices) {
		List<String> lines = new ArrayList<>();
		addNotices(lines, notices);
		return new DoorayMessage(this.botName, text(lines), null);
	}

	// In the text, because nobody has written down that a mention in an attachment calls.
	private static void addMentions(List<String> lines, List<FormattedMessage> groups) {
		String mentions = summaries(groups).map(GroupSummary::mention)
			.filter((mention) -> !mention.isEmpty())
			.distinct()
			.limit(MOST_MENTIONS)
			.collect(Collectors.joining(" "));
		if (!mentions.isEmpty()) {
			lines.add(mentions);
		}
	}

	private void addNotices(List<String> lines, Notices notices) {
		if (notices.stormBegins()) {
			lines.add(this.texts.get("storm.begins"));
		}
		Notices.Storm storm = notices.stormEnded();
		if (storm != null) {
			lines.add(this.texts.get("storm.ended", duration(storm.lasted()), storm.groups(), storm.messages()));
		}
		Notices.Missed missed = notices.missed();
		if (missed != null) {
			String names = String.join(", ", missed.names());
			int others = missed.groups() - missed.names().size();
			lines.add(this.texts.get("missed", duration(missed.lasted()), missed.groups(),
					(others > 0) ? names + " …" : names));
		}
	}

	private String duration(Duration duration) {
		return new Times(this.texts, this.settings.zone(), Instant.EPOCH).duration(duration);
	}

	private String headline(List<FormattedMessage> groups) {
		Map<Severity, Integer> firing = new EnumMap<>(Severity.class);
		summaries(groups).forEach(
				(group) -> group.firing().forEach((severity, count) -> firing.merge(severity, count, Integer::sum)));
		int resolved = summaries(groups).mapToInt(GroupSummary::resolved).sum();
		List<String> counts = new ArrayList<>();
		counts.add(this.texts.get("pack.groups", groups.size()));
		firing.forEach(
				(severity, count) -> counts.add(this.texts.get("pack.count", this.texts.severity(severity), count)));
		if (resolved > 0) {
			counts.add(this.texts.get("head.resolved", resolved));
		}
		String worst = firing.keySet()
			.stream()
			.findFirst()
			.map(this.texts::severity)
			.orElse(this.texts.get("resolved"));
		long names = summaries(groups).map(GroupSummary::name).distinct().count();
		String first = TextLimit.cut(summaries(groups).findFirst().map(GroupSummary::name).orElse(""), 30);
		return "[" + worst + "] " + String.join(" · ", counts) + " | "
				+ ((names > 1) ? this.texts.get("head.names", first, names - 1) : first);
	}

	private static String worstColour(List<FormattedMessage> groups) {
		return summaries(groups).map(GroupSummary::severity)
			.min(Comparator.naturalOrder())
			.map(Colour::of)
			.orElse(Colour.NEUTRAL);
	}

	private static java.util.stream.Stream<GroupSummary> summaries(List<FormattedMessage> groups) {
		return groups.stream().map(FormattedMessage::summary).filter((summary) -> summary != null);
	}

	private String text(List<String> lines) {
		return TextLimit.cutAtLineEnd(String.join("\n", lines), this.settings.limits().textLength());
	}

	private boolean fits(DoorayMessage message) {
		return MessageSize.bytes(message) <= this.settings.limits().messageBytes();
	}

	/**
	 * One message for several groups.
	 *
	 * @param message the message
	 * @param groups number of groups it tells of
	 */
	public record Packed(DoorayMessage message, int groups) {

	}

}
