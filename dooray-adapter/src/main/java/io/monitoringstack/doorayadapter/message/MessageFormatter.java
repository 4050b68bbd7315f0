package io.monitoringstack.doorayadapter.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the one Dooray message for a webhook message, as much as fits the limits. Reads
 * well as plain text, because nobody has written down which marks Dooray's clients show.
 */
public final class MessageFormatter {

	private static final int PLAIN_LENGTH = 1000;

	private final MessageSettings settings;

	private final Texts texts;

	private final Headline headline;

	private final AlertCard card;

	private final GroupCard groupCard;

	private final Summaries summaries;

	private final String botName;

	public MessageFormatter(MessageSettings settings, PublicUrls urls) {
		this.settings = settings;
		this.texts = new Texts(settings.language());
		this.headline = new Headline(this.texts);
		this.card = new AlertCard(this.texts, settings, urls);
		this.groupCard = new GroupCard(this.texts, settings, urls);
		this.summaries = new Summaries(this.texts, this.card, urls);
		this.botName = TextLimit.cut(SafeText.line(settings.botName()), 50);
	}

	/**
	 * Writes the message.
	 * @param message what to tell
	 * @param remarks what to tell about its way
	 * @param now moment that durations end at
	 * @return the message and what it leaves out
	 */
	public FormattedMessage format(WebhookMessage message, Remarks remarks, Instant now) {
		return format(message, remarks, now, null);
	}

	/**
	 * Writes the message in the operator's words. Where these cannot be used, the
	 * built-in ones stand in: an alert is never lost for its wording.
	 * @param message what to tell
	 * @param remarks what to tell about its way
	 * @param now moment that durations end at
	 * @param template the operator's texts, {@code null} for the built-in ones
	 * @return the message and what it leaves out
	 */
	public FormattedMessage format(WebhookMessage message, Remarks remarks, Instant now,
			@Nullable MessageTemplate template) {
		Times times = new Times(this.texts, this.settings.zone(), now);
		if (template != null) {
			try {
				return write(message, remarks, new Context(times, remarks.findings(), template), null);
			}
			catch (TemplateException ex) {
				return write(message, remarks, new Context(times, remarks.findings(), null), ex.sentence());
			}
		}
		return write(message, remarks, new Context(times, remarks.findings(), null), null);
	}

	private FormattedMessage write(WebhookMessage message, Remarks remarks, Context context,
			@Nullable String templateProblem) {
		String bare = text(message, remarks, context);
		String text = remarks.mention().in(bare);
		Draft draft = largestThatFits(message, text, remarks.changes(), context);
		DoorayMessage plain = new DoorayMessage(this.botName, plainText(message, text), null);
		return new FormattedMessage(draft.message(), plain, draft.cut(),
				this.summaries.of(message, bare, remarks, context), templateProblem);
	}

	/**
	 * Writes what can be told without any of the layout, for the case that it fails.
	 * @param message what to tell
	 * @return severity, name and counts as one line
	 */
	public FormattedMessage bareFacts(WebhookMessage message) {
		DoorayMessage bare = new DoorayMessage(this.botName, BareFacts.of(message), null);
		return new FormattedMessage(bare, bare, message.tally().total(), null);
	}

	private Draft largestThatFits(WebhookMessage message, String text, Changes changes, Context context) {
		boolean repeat = message.reason() == NotificationReason.REPEAT || changes.none();
		int most = this.settings.limits().attachments();
		for (Detail detail : Detail.values()) {
			Draft draft = draft(message, text, changes, context, detail, most);
			boolean brief = !repeat || detail.description() == 0;
			if (brief && fits(draft)) {
				return draft;
			}
		}
		for (int fewer = most - 1; fewer > 1; fewer--) {
			Draft draft = draft(message, text, changes, context, Detail.TITLE_AND_TIME, fewer);
			if (fits(draft)) {
				return draft;
			}
		}
		return new Draft(new DoorayMessage(this.botName, text, null), message.tally().total());
	}

	private boolean fits(Draft draft) {
		return MessageSize.bytes(draft.message()) <= this.settings.limits().messageBytes();
	}

	private Draft draft(WebhookMessage message, String text, Changes changes, Context context, Detail detail,
			int attachments) {
		List<Alert> firing = kept(message, AlertStatus.FIRING);
		List<DoorayAttachment> resolved = resolved(message, context, detail, attachments);
		int room = Math.max(0, attachments - 1 - resolved.size());
		List<Alert> told = firing.subList(0, Math.min(room, firing.size()));
		Map<String, String> common = (message.tally().total() > 1) ? message.group().commonLabels() : Map.of();
		List<DoorayAttachment> all = new ArrayList<>();
		told.forEach((alert) -> all.add(this.card.firing(alert, changes, common, detail, context)));
		all.addAll(resolved);
		int firingCut = message.tally().count(AlertStatus.FIRING) - told.size();
		int resolvedCut = message.tally().count(AlertStatus.RESOLVED) - toldResolved(message, attachments);
		all.add(this.groupCard.of(message, firingCut, resolvedCut));
		return new Draft(new DoorayMessage(this.botName, text, List.copyOf(all)), firingCut + resolvedCut);
	}

	private List<DoorayAttachment> resolved(WebhookMessage message, Context context, Detail detail, int attachments) {
		List<Alert> told = kept(message, AlertStatus.RESOLVED).subList(0, toldResolved(message, attachments));
		if (told.size() <= this.settings.limits().resolvedCards()) {
			return told.stream().map((alert) -> this.card.resolved(alert, detail, context)).toList();
		}
		List<String> lines = told.stream().map((alert) -> this.card.resolvedLine(alert, context.times())).toList();
		String title = this.texts.get("resolved.many", message.tally().count(AlertStatus.RESOLVED));
		return List.of(new DoorayAttachment(title, null, String.join("\n", lines), Colour.RESOLVED));
	}

	// As many lines as attachments are allowed: both shrink with the room.
	private int toldResolved(WebhookMessage message, int attachments) {
		int kept = kept(message, AlertStatus.RESOLVED).size();
		int total = message.tally().count(AlertStatus.RESOLVED);
		int own = this.settings.limits().resolvedCards();
		return (total <= own) ? Math.min(kept, Math.max(0, attachments - 1)) : Math.min(kept, attachments);
	}

	private static List<Alert> kept(WebhookMessage message, AlertStatus status) {
		return message.alerts().stream().filter((alert) -> alert.status() == status).toList();
	}

	private String text(WebhookMessage message, Remarks remarks, Context context) {
		List<String> lines = new ArrayList<>();
		lines.add(headline(message, remarks, context));
		if (!remarks.insteadOf().isEmpty()) {
			lines.add(this.texts.get("remark.substitute", channelName(remarks.insteadOf())));
		}
		if (!remarks.unknownChannel().isEmpty()) {
			lines.add(this.texts.get("remark.unknownChannel", channelName(remarks.unknownChannel())));
		}
		return String.join("\n", lines);
	}

	private String headline(WebhookMessage message, Remarks remarks, Context context) {
		String builtIn = this.headline.of(message, remarks);
		MessageTemplate template = context.template();
		if (template == null) {
			return builtIn;
		}
		Map<String, Object> model = this.headline.model(message, remarks);
		model.put("builtIn", builtIn);
		model.put("alerts", message.alerts().stream().map(this.card::facts).toList());
		model.put("label", Labels.safe(message.group().commonLabels()));
		String own = template.render(MessageTemplate.Part.HEADLINE, model);
		String line = (own != null) ? SafeText.line(own) : "";
		return line.isEmpty() ? builtIn : TextLimit.cut(line, Headline.MAX_OWN_LENGTH);
	}

	private static String channelName(String name) {
		return TextLimit.cut(SafeText.line(name), 40);
	}

	private String plainText(WebhookMessage message, String text) {
		List<String> lines = new ArrayList<>();
		lines.add(text);
		message.alerts().forEach((alert) -> lines.add("• " + TextLimit.cut(this.card.summary(alert), 100)));
		return TextLimit.cutAtLineEnd(String.join("\n", lines), PLAIN_LENGTH);
	}

	private record Draft(DoorayMessage message, int cut) {

	}

}
