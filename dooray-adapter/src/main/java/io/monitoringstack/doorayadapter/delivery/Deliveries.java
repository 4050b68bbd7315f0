package io.monitoringstack.doorayadapter.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.Findings;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessageTemplates;
import io.monitoringstack.doorayadapter.message.Remarks;
import io.monitoringstack.doorayadapter.privacy.PrivacyFilter;
import io.monitoringstack.doorayadapter.routing.ChannelRouter;
import io.monitoringstack.doorayadapter.routing.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;

/**
 * Brings webhook messages to Dooray, one message each. Returns only after Dooray took it:
 * Alertmanager remembers what was not delivered, this service does not.
 */
@Profile("!watcher")
@Service
public class Deliveries {

	private static final Logger logger = LoggerFactory.getLogger(Deliveries.class);

	private final ChannelRouter router;

	private final Hooks hooks;

	private final PerLanguage<MessageFormatter> formatters;

	private final MessageSender sender;

	private final DeliveryMetrics metrics;

	private final Clock clock;

	private final DeliveryListeners listeners;

	private final PrivacyFilter privacy;

	private final Mentions mentions;

	private final MessageTemplates templates;

	private final Trends trends;

	Deliveries(ChannelRouter router, Hooks hooks, PerLanguage<MessageFormatter> formatters, MessageSender sender,
			DeliveryMetrics metrics, Clock clock, DeliveryListeners listeners, PrivacyFilter privacy, Mentions mentions,
			MessageTemplates templates, Trends trends) {
		this.router = router;
		this.hooks = hooks;
		this.formatters = formatters;
		this.sender = sender;
		this.metrics = metrics;
		this.clock = clock;
		this.listeners = listeners;
		this.privacy = privacy;
		this.mentions = mentions;
		this.templates = templates;
		this.trends = trends;
	}

	/**
	 * Delivers the message before the deadline.
	 * @param message what to tell
	 * @param channel channel asked for in the request, {@code null} to choose by content
	 * @param known what is known of the group beforehand
	 * @param deadline when to give up
	 * @return what was told and where
	 * @throws DeliveryException if Dooray did not take it
	 */
	Receipt deliver(WebhookMessage message, @Nullable String channel, Remarks known, Deadline deadline)
			throws DeliveryException {
		Route route = this.router.route(message, channel);
		this.metrics.routed(route);
		this.metrics.unknownSeverity(message.unknownSeverities());
		Hook hook = this.hooks.hookFor(route.channel());
		Remarks remarks = withTrends(message, mentioning(message, known).unknownChannel(route.requested()));
		try {
			return deliver(message, hook, remarks, deadline);
		}
		catch (DeliveryException ex) {
			Optional<Hook> substitute = ex.reason().hookBroken() ? this.hooks.substituteFor(hook) : Optional.empty();
			if (substitute.isEmpty()) {
				throw ex;
			}
			return deliver(message, substitute.get(), remarks, deadline);
		}
	}

	// Writes the message as it would be sent now, and sends nothing.
	Preview preview(WebhookMessage message, @Nullable String channel, Remarks known) {
		Route route = this.router.route(message, channel);
		Hook hook = this.hooks.hookFor(route.channel());
		Remarks remarks = withTrends(message, mentioning(message, known).unknownChannel(route.requested()));
		FormattedMessage formatted = format(message, remarks, hook);
		return new Preview(route, hook.servedBy(), hook.role(), formatted.message(), formatted.cut(),
				formatted.templateProblem());
	}

	private Remarks withTrends(WebhookMessage message, Remarks remarks) {
		return remarks.with(new Findings(remarks.findings().flaps(), this.trends.of(message)));
	}

	private Remarks mentioning(WebhookMessage message, Remarks remarks) {
		return remarks.mention(this.mentions.mention(message, remarks.changes(), this.clock.instant()));
	}

	private static Remarks complete(Remarks remarks, Hook hook) {
		return (hook.role() == Hook.Role.SUBSTITUTE) ? remarks.insteadOf(hook.channel()) : remarks;
	}

	// Answers for a message that was told before.
	Receipt told(WebhookMessage message, @Nullable String channel) {
		Hook hook = this.hooks.hookFor(this.router.route(message, channel).channel());
		Tally tally = message.tally();
		this.listeners.ended(new DeliveryReport(DeliveryReport.Kind.ALERTS, hook.channel(), hook.servedBy(),
				message.group().shortKey(), tally.count(AlertStatus.FIRING), tally.count(AlertStatus.RESOLVED),
				DeliveryReport.Result.DUPLICATE, null, 0, Duration.ZERO));
		return new Receipt(hook.servedBy(), tally.total(), 0, true);
	}

	private Receipt deliver(WebhookMessage message, Hook hook, Remarks remarks, Deadline deadline)
			throws DeliveryException {
		FormattedMessage formatted = format(message, remarks, hook);
		if (formatted.templateProblem() != null) {
			this.metrics.templateFailed(hook.readers());
		}
		boolean urgent = message.severity() == Severity.CRITICAL;
		int alerts = message.tally().total();
		long start = System.nanoTime();
		Outcome outcome = this.sender.send(hook, Parcel.of(formatted, alerts, urgent), deadline);
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		report(message, hook, outcome, took);
		if (outcome instanceof Outcome.Failed failed) {
			fail(hook, failed, took);
			throw new DeliveryException(failed.reason(), failed.retryAfter());
		}
		this.metrics.delivered(hook.servedBy(), took);
		this.metrics.sentThrough(hook);
		this.metrics.mentioned(!remarks.mention().text().isEmpty());
		this.metrics.cut(DeliveryMetrics.Cut.ADAPTER, formatted.cut());
		this.metrics.cut(DeliveryMetrics.Cut.ALERTMANAGER, message.truncatedAlerts());
		this.metrics.cut(DeliveryMetrics.Cut.UNREADABLE, message.tally().unreadable());
		logger.debug("Delivered: hook={} alerts={} took={}", hook, alerts, took);
		return new Receipt(hook.servedBy(), alerts, formatted.cut());
	}

	// A failure of our own must not swallow an alert: Alertmanager would send the same
	// message again and again, and nobody would read it.
	private FormattedMessage format(WebhookMessage message, Remarks remarks, Hook hook) {
		MessageFormatter formatter = this.formatters.of(hook);
		try {
			return formatter.format(this.privacy.filter(message), complete(remarks, hook), this.clock.instant(),
					this.templates.of(hook.readers()));
		}
		catch (RuntimeException | StackOverflowError ex) {
			logger.error("A message could not be laid out, its bare facts are sent: group={}",
					message.group().shortKey(), ex);
			this.metrics.bareFacts();
			return formatter.bareFacts(message);
		}
	}

	private void report(WebhookMessage message, Hook hook, Outcome outcome, Duration took) {
		Tally tally = message.tally();
		FailureReason reason = (outcome instanceof Outcome.Failed failed) ? failed.reason() : null;
		this.listeners.ended(new DeliveryReport(DeliveryReport.Kind.ALERTS, hook.channel(), hook.servedBy(),
				message.group().shortKey(), tally.count(AlertStatus.FIRING), tally.count(AlertStatus.RESOLVED),
				(reason != null) ? DeliveryReport.Result.FAILED : DeliveryReport.Result.ACCEPTED, reason,
				outcome.attempts(), took));
	}

	private void fail(Hook hook, Outcome.Failed failed, Duration took) {
		this.metrics.failed(hook.servedBy(), failed.reason(), took);
		if (failed.reason().hookBroken()) {
			logger.error("Dooray refuses the hook of channel {}, check its URL: reason={} took={}", hook.servedBy(),
					failed.reason().label(), took);
		}
		else {
			logger.warn("Not delivered: channel={} reason={} took={}", hook.servedBy(), failed.reason().label(), took);
		}
	}

}
