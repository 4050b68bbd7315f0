package io.monitoringstack.doorayadapter.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.Mention;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.MessageTemplates;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import io.monitoringstack.doorayadapter.privacy.PrivacyFilter;
import io.monitoringstack.doorayadapter.privacy.PrivacyProperties;
import io.monitoringstack.doorayadapter.routing.ChannelRouter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Deliveries when something of our own fails.
 */
class DeliveriesTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final List<Parcel> sent = new ArrayList<>();

	private final List<DeliveryReport> reports = new ArrayList<>();

	private Outcome answer = new Outcome.Accepted(2);

	@Test
	void sendsTheBareFactsWhenAMessageCannotBeLaidOut() throws Exception {
		// No calendar holds this moment, so that writing the time of an alert fails.
		Clock broken = Clock.fixed(Instant.MAX, ZoneOffset.UTC);
		Receipt receipt = deliveries(broken).deliver(message(), null, Remarks.NONE,
				Deadline.after(Duration.ofSeconds(5)));
		assertThat(receipt).isEqualTo(new Receipt("default", 2, 2));
		assertThat(this.sent).singleElement().satisfies((parcel) -> {
			assertThat(parcel.urgent()).isTrue();
			assertThat(parcel.message()).isEqualTo(new DoorayMessage("Alertmanager",
					"[CRITICAL] DiskFull | firing 1 · resolved 1 | " + "dooray-adapter: layout failed", null));
		});
		assertThat(count()).isEqualTo(1);
	}

	@Test
	void countsNothingWhenTheLayoutWorks() throws Exception {
		deliveries(Clock.systemUTC()).deliver(message(), null, Remarks.NONE, Deadline.after(Duration.ofSeconds(5)));
		assertThat(this.sent.get(0).message().attachments()).isNotEmpty();
		assertThat(count()).isZero();
	}

	@Test
	void reportsHowADeliveryEndedThoughAnotherListenerFails() throws Exception {
		deliveries(Clock.systemUTC()).deliver(message(), null, Remarks.NONE, Deadline.after(Duration.ofSeconds(5)));
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.channel()).isEqualTo("critical");
			assertThat(report.servedBy()).isEqualTo("default");
			assertThat(report.group()).isEqualTo(message().group().shortKey()).hasSize(8);
			assertThat(List.of(report.firing(), report.resolved(), report.attempts())).containsExactly(1, 1, 2);
			assertThat(report.result()).isEqualTo(DeliveryReport.Result.ACCEPTED);
			assertThat(report.reason()).isNull();
		});
	}

	@Test
	void reportsAllAttemptsOfADeliveryThatFailed() {
		this.answer = new Outcome.Failed(FailureReason.CLIENT_ERROR, Duration.ZERO, 2);
		Deliveries deliveries = deliveries(Clock.systemUTC());
		assertThatExceptionOfType(DeliveryException.class)
			.isThrownBy(() -> deliveries.deliver(message(), null, Remarks.NONE, Deadline.after(Duration.ofSeconds(5))));
		assertThat(this.reports).singleElement().satisfies((report) -> {
			assertThat(report.result()).isEqualTo(DeliveryReport.Result.FAILED);
			assertThat(report.reason()).isEqualTo(FailureReason.CLIENT_ERROR);
			assertThat(report.attempts()).isEqualTo(2);
		});
	}

	@Test
	void aPreviewIsTheMessageThatWouldBeSentAndSendsNothing() throws Exception {
		Clock fixed = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), ZoneOffset.UTC);
		Preview preview = deliveries(fixed).preview(message(), null, Remarks.NONE);
		assertThat(this.sent).isEmpty();
		assertThat(this.reports).isEmpty();
		deliveries(fixed).deliver(message(), null, Remarks.NONE, Deadline.after(Duration.ofSeconds(5)));
		assertThat(this.sent).singleElement().extracting(Parcel::message).isEqualTo(preview.message());
		assertThat(preview.route().channel()).isEqualTo("critical");
	}

	private double count() {
		return this.registry.get("dooray.fallback.used").tag("kind", "bareFacts").counter().count();
	}

	private Deliveries deliveries(Clock clock) {
		Hooks hooks = new Hooks() {

			@Override
			public Set<String> channels() {
				return Set.of("default");
			}

			@Override
			public Hook hookFor(String channel) {
				return new Hook(channel, "default", Hook.Role.REGULAR, URI.create("http://localhost/hook"));
			}

			@Override
			public Optional<Hook> substituteFor(Hook broken) {
				return Optional.empty();
			}

		};
		MessageSettings settings = new MessageSettings(Language.KO, ZoneOffset.UTC, "Alertmanager", Set.of(),
				new MessageSettings.Limits(2000, 15, 8192, 5));
		return new Deliveries(new ChannelRouter(List.of(), "critical", (channel) -> false), hooks,
				new PerLanguage<>(new ChannelLanguages(Language.KO, Map.of()),
						(language) -> new MessageFormatter(settings, new PublicUrls(null, null, null, null))),
				(hook, parcel, deadline) -> {
					this.sent.add(parcel);
					return this.answer;
				}, new DeliveryMetrics(this.registry, Clock.systemUTC(), hooks), clock,
				new DeliveryListeners(List.of(this.reports::add, (report) -> {
					throw new IllegalStateException("a listener of ours fails");
				})), new PrivacyFilter(new PrivacyProperties(List.of("none")), this.registry),
				(message, changes, now) -> Mention.NOBODY, MessageTemplates.NONE, Trends.NONE);
	}

	private static WebhookMessage message() {
		Tally tally = new Tally();
		List<Alert> alerts = List.of(alert(AlertStatus.FIRING), alert(AlertStatus.RESOLVED));
		alerts.forEach(tally::add);
		return new WebhookMessage(WebhookMessage.Group.of("key", "dooray", Map.of(), Map.of(), Map.of(), Map.of(), ""),
				AlertStatus.FIRING, NotificationReason.of(""), 0, alerts, tally, false);
	}

	private static Alert alert(AlertStatus status) {
		Instant start = Instant.parse("2026-11-21T03:00:00Z");
		return new Alert(status, Map.of("alertname", "DiskFull", "severity", "critical"), Map.of(), start,
				(status == AlertStatus.RESOLVED) ? start.plusSeconds(60) : null, "", "f", Alert.GrafanaExtras.NONE);
	}

}
