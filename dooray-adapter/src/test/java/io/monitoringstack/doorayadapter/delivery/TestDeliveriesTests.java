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
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.TestMessages;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TestDeliveriesTests {

	private final List<Parcel> sent = new ArrayList<>();

	private final List<DeliveryReport> reports = new ArrayList<>();

	private Outcome answer = new Outcome.Accepted();

	private Language language = Language.KO;

	private long nanoTime;

	@Test
	void isMarkedAsATestInBothLanguages() throws Exception {
		send(tests(), "critical");
		this.language = Language.EN;
		send(tests(), "Critical");
		assertThat(this.sent).extracting((parcel) -> parcel.message().text())
			.containsExactly("[시험] TEST 메시지 | critical 채널", "[TEST] Test message | channel critical");
		assertThat(this.sent.get(1).message().attachments()).singleElement().satisfies((card) -> {
			assertThat(card.title()).isEqualTo("This is a test. Nothing is wrong.");
			assertThat(card.text()).contains("Sent: Sat 21 Nov 12:00", "uses that of default");
		});
		assertThat(this.reports).allSatisfy((report) -> {
			assertThat(report.kind()).isEqualTo(DeliveryReport.Kind.TEST);
			assertThat(report.servedBy()).isEqualTo("default");
		});
	}

	@Test
	void sendsOneInTenSecondsToEachChannel() throws Exception {
		TestDeliveries tests = tests();
		send(tests, "critical");
		send(tests, "warning");
		this.nanoTime = Duration.ofMillis(7500).toNanos();
		assertThatExceptionOfType(TooSoonException.class).isThrownBy(() -> send(tests, "critical"))
			.satisfies((ex) -> assertThat(ex.retryAfter()).isEqualTo(Duration.ofMillis(2500)));
		this.nanoTime = Duration.ofSeconds(10).toNanos();
		send(tests, "critical");
		assertThat(this.sent).hasSize(3);
	}

	@Test
	void namesTheChannelsThatThereAre() {
		assertThatExceptionOfType(UnknownChannelException.class).isThrownBy(() -> send(tests(), "critcal"))
			.withMessage("There is no such channel. Channels: critical, dba, default, warning.");
		assertThat(this.sent).isEmpty();
	}

	@Test
	void aFailureIsReportedAndNotSentElsewhere() {
		this.answer = new Outcome.Failed(FailureReason.AUTH_ERROR, Duration.ZERO);
		assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> send(tests(), "warning"))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(FailureReason.AUTH_ERROR));
		assertThat(this.sent).hasSize(1);
		assertThat(this.reports).singleElement()
			.satisfies((report) -> assertThat(report.reason()).isEqualTo(FailureReason.AUTH_ERROR));
	}

	private void send(TestDeliveries tests, String channel) throws Exception {
		tests.deliver(channel, Deadline.after(Duration.ofSeconds(5)));
	}

	private TestDeliveries tests() {
		Hooks hooks = new Hooks() {

			@Override
			public Set<String> channels() {
				return Set.of("default", "dba");
			}

			@Override
			public Hook hookFor(String channel) {
				return new Hook(channel, "default", Hook.Role.REGULAR, URI.create("http://localhost/hook"));
			}

			@Override
			public Optional<Hook> substituteFor(Hook broken) {
				throw new AssertionError("A test goes through the hook that was to be tested");
			}

		};
		Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
		PerLanguage<TestMessages> messages = new PerLanguage<>(new ChannelLanguages(this.language, Map.of()),
				(language) -> new TestMessages(new MessageSettings(language, ZoneOffset.UTC, "Alertmanager", Set.of(),
						new MessageSettings.Limits(2000, 15, 8192, 5))));
		return new TestDeliveries(new KnownChannels(hooks), hooks, messages, (hook, parcel, deadline) -> {
			this.sent.add(parcel);
			return this.answer;
		}, new DeliveryMetrics(new SimpleMeterRegistry(), clock, hooks),
				new DeliveryListeners(List.of(this.reports::add)), clock, () -> this.nanoTime);
	}

}
