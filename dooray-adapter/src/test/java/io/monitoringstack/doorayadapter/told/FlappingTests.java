package io.monitoringstack.doorayadapter.told;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlappingTests {

	private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

	private final Hands hands = new Hands();

	private final Flapping flapping = new Flapping(4, this.hands);

	@Test
	void saysSoFromTheSetNumberOfChangesOn() {
		for (int i = 0; i < 2; i++) {
			note(true, START.plusSeconds(600L * i));
			assertThat(this.flapping.of(alert(true, START))).isEmpty();
			note(false, START.plusSeconds(600L * i));
		}
		assertThat(this.flapping.of(alert(false, START))).containsExactly(Map.entry("a1", 4));
		note(true, START.plusSeconds(1200));
		assertThat(this.flapping.of(alert(true, START))).containsExactly(Map.entry("a1", 5));
	}

	@Test
	void countsTheLastHourOnly() {
		for (int i = 0; i < 6; i++) {
			note(i % 2 == 0, START.plusSeconds(600L * (i / 2)));
			this.hands.pass(Duration.ofMinutes(10));
		}
		assertThat(this.flapping.of(alert(true, START))).containsExactly(Map.entry("a1", 6));
		this.hands.pass(Duration.ofMinutes(25));
		assertThat(this.flapping.of(alert(true, START))).isEmpty();
	}

	@Test
	void aRepetitionARetryAndASecondAlertmanagerAreNoChange() {
		for (int i = 0; i < 20; i++) {
			note(true, START.plusSeconds(i % 2 * 30L));
			this.hands.pass(Duration.ofMinutes(20));
		}
		assertThat(this.flapping.of(alert(true, START))).isEmpty();
		note(false, START);
		note(true, START.minusSeconds(3600));
		assertThat(this.flapping.of(alert(true, START))).isEmpty();
	}

	@Test
	void anotherStartIsAChangeThoughNobodyToldOfTheEnd() {
		for (int i = 0; i < 4; i++) {
			note(true, START.plusSeconds(300L * i));
		}
		assertThat(this.flapping.of(alert(true, START))).containsExactly(Map.entry("a1", 4));
	}

	@Test
	void keepsCountWithinBounds() {
		for (int i = 0; i < 500; i++) {
			note(true, START.plusSeconds(300L * i));
		}
		assertThat(this.flapping.of(alert(true, START))).containsExactly(Map.entry("a1", Flapping.MOST_CHANGES));
	}

	@Test
	void zeroTurnsItOff() {
		Flapping off = new Flapping(0, this.hands);
		for (int i = 0; i < 10; i++) {
			off.note(alert(true, START.plusSeconds(300L * i)));
		}
		assertThat(off.of(alert(true, START))).isEmpty();
	}

	private void note(boolean firing, Instant start) {
		this.flapping.note(alert(firing, start));
	}

	private static WebhookMessage alert(boolean firing, Instant start) {
		Alert alert = new Alert(firing ? AlertStatus.FIRING : AlertStatus.RESOLVED, Map.of("alertname", "A"), Map.of(),
				start, firing ? null : start.plusSeconds(60), "", "a1", Alert.GrafanaExtras.NONE);
		return new WebhookMessage(WebhookMessage.Group.of("k", "ops", Map.of(), Map.of(), Map.of(), Map.of(), ""),
				alert.status(), NotificationReason.UNKNOWN, 0, List.of(alert), new Tally(), false);
	}

	/**
	 * A clock that stands still until it is told otherwise.
	 */
	private static final class Hands extends Clock {

		private Instant now = START;

		void pass(Duration time) {
			this.now = this.now.plus(time);
		}

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
