package io.monitoringstack.doorayadapter.ledger;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.IntStream;

import io.monitoringstack.doorayadapter.delivery.DeliveryReport;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final Ledger ledger = new Ledger(Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void keepsTheLastFiveHundredTheNewestFirst() {
		IntStream.rangeClosed(1, 1234).forEach((i) -> this.ledger.ended(report("critical", null)));
		assertThat(this.ledger.newest(Integer.MAX_VALUE)).hasSize(500)
			.extracting(LedgerEntry::id)
			.startsWith(1234L, 1233L)
			.endsWith(735L);
		assertThat(this.ledger.newest(2)).extracting(LedgerEntry::id).containsExactly(1234L, 1233L);
		assertThat(this.ledger.newest(0)).isEmpty();
		assertThat(this.ledger.newest(-1)).isEmpty();
	}

	@Test
	void tellsADeliveryInTheWordsOfTheMetrics() {
		this.ledger.ended(report("warning", FailureReason.AUTH_ERROR));
		assertThat(this.ledger.newest(1)).containsExactly(new LedgerEntry(1, NOW, "alerts", "critical", "warning",
				"0a1b2c3d", 3, 1, "failed", "authError", 2, 1500));
	}

	@Test
	void knowsTheLastSuccessAndTheLastFailureOfEachHook() {
		assertThat(this.ledger.last("critical").state()).isEqualTo("unused");
		this.ledger.ended(report("critical", null));
		this.ledger.ended(report("critical", FailureReason.SERVER_ERROR));
		this.ledger.ended(report("warning", null));
		ChannelState critical = state("critical");
		assertThat(critical.state()).isEqualTo("failing");
		assertThat(critical.lastSuccess()).isEqualTo(NOW);
		assertThat(critical.lastFailureReason()).isEqualTo("serverError");
		assertThat(state("warning").state()).isEqualTo("working");
		assertThat(state("warning").lastFailure()).isNull();
		this.ledger.ended(report("critical", null));
		assertThat(state("critical").state()).isEqualTo("working");
		assertThat(state("critical").lastFailureReason()).isEqualTo("serverError");
	}

	@Test
	void aDuplicateIsListedButTellsNothingOfTheHook() {
		this.ledger.ended(new DeliveryReport(DeliveryReport.Kind.ALERTS, "critical", "critical", "0a1b2c3d", 1, 0,
				DeliveryReport.Result.DUPLICATE, null, 0, Duration.ZERO));
		assertThat(this.ledger.newest(9)).extracting(LedgerEntry::outcome).containsExactly("duplicate");
		assertThat(this.ledger.last("critical").state()).isEqualTo("unused");
	}

	private ChannelState state(String channel) {
		Hook hook = new Hook(channel, channel, Hook.Role.REGULAR, URI.create("https://hook.dooray.com/services/1/2/3"));
		return ChannelState.of(hook, this.ledger.last(channel));
	}

	private static DeliveryReport report(String servedBy, @Nullable FailureReason reason) {
		return new DeliveryReport(DeliveryReport.Kind.ALERTS, "critical", servedBy, "0a1b2c3d", 3, 1,
				(reason != null) ? DeliveryReport.Result.FAILED : DeliveryReport.Result.ACCEPTED, reason, 2,
				Duration.ofMillis(1500));
	}

}
