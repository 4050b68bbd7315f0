package io.monitoringstack.pushgatewayproxy.pushers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PusherLedgerTests {

	private final MovableClock clock = new MovableClock();

	private final PusherLedger ledger = new PusherLedger(this.clock);

	@Test
	void countsWhatWasPushedToAGroup() {
		this.ledger.accepted(push("a"), 10, 2);
		this.clock.pass(Duration.ofSeconds(5));
		this.ledger.accepted(push("a"), 30, 4);
		this.ledger.refused(push("a"), Reason.CONFLICT, 400, "x is a gauge");
		Pusher pusher = this.ledger.pushers().get(0);
		assertThat(pusher.group()).containsEntry("job", "a");
		assertThat(pusher.identity()).isEqualTo("ci");
		assertThat(pusher.pushes()).isEqualTo(2);
		assertThat(pusher.bytes()).isEqualTo(40);
		assertThat(pusher.lastBytes()).isEqualTo(30);
		assertThat(pusher.series()).isEqualTo(4);
		assertThat(pusher.lastPush()).isEqualTo(this.clock.instant());
		assertThat(pusher.firstSeen()).isEqualTo(this.clock.instant().minusSeconds(5));
		assertThat(pusher.refused()).isEqualTo(1);
		assertThat(pusher.lastRefusal())
			.isEqualTo(new LastRefusal(this.clock.instant(), "conflict", 400, "x is a gauge", "10.0.0.1"));
	}

	@Test
	void showsNoTextThatQuotesTheBody() {
		this.ledger.refused(push("a"), Reason.SYNTAX, 400, "line 1 is not readable: \"password=secret\"");
		LastRefusal refusal = this.ledger.pushers().get(0).lastRefusal();
		assertThat(refusal).isNotNull();
		assertThat(refusal.text()).isNull();
		assertThat(refusal.reason()).isEqualTo("syntax");
	}

	@Test
	void tellsHowLongAPushIsOverdueFromTheFourthOn() {
		for (int i = 0; i < 4; i++) {
			assertThat(this.ledger.pushers()).allMatch((pusher) -> pusher.overdueRatio() == null);
			this.ledger.accepted(push("a"), 1, 1);
			this.clock.pass(Duration.ofMinutes(1));
		}
		assertThat(this.ledger.pushers().get(0).usualSeconds()).isEqualTo(60);
		assertThat(this.ledger.pushers().get(0).overdueRatio()).isEqualTo(1);
		this.clock.pass(Duration.ofSeconds(90));
		assertThat(this.ledger.pushers().get(0).overdueRatio()).isEqualTo(2.5);
		this.ledger.accepted(push("a"), 1, 1);
		assertThat(this.ledger.pushers().get(0).usualSeconds()).as("one run out of turn changes nothing").isEqualTo(60);
	}

	@Test
	void waitsForAJobThatPushesAsByAClock() {
		pushes("nightly", 10, 60);
		pushes("nightly-too", 10, 60);
		assertThat(this.ledger.overdue()).containsOnlyKeys("nightly", "nightly-too");
		assertThat(this.ledger.overdue().get("nightly")).isEqualTo(new Overdue(660, 60));
		assertThat(this.ledger.overdue().get("nightly").ratio()).isEqualTo(11);
	}

	@Test
	void showsTheGroupOfAJobThatIsLatest() {
		GroupingKey late = new GroupingKey(Map.of("job", "a", "instance", "late"));
		for (int i = 0; i < 10; i++) {
			this.ledger.accepted(new SeenPush(late, "-", null, null, "PUT", "text"), 1, 1);
			this.clock.pass(Duration.ofSeconds(40));
		}
		pushes("a", 10, 60);
		assertThat(this.ledger.overdue().get("a")).isEqualTo(new Overdue(640, 40));
	}

	@Test
	void waitsForNobodyWhoPushesAtOddTimesOrAllTheTimeOrSeldomYet() {
		pushes("seldom-yet", 9, 60);
		pushes("service", 10, 29);
		for (int i = 0; i < 10; i++) {
			this.ledger.accepted(push("by-hand"), 1, 1);
			this.clock.pass(Duration.ofSeconds((i % 3 == 0) ? 30 : 90));
		}
		assertThat(this.ledger.overdue()).isEmpty();
	}

	@Test
	void aRunByHandAndOneThatWasMissedDoNotHide() {
		pushes("nightly", 5, 60);
		this.clock.pass(Duration.ofSeconds(-59));
		pushes("nightly", 2, 60);
		this.clock.pass(Duration.ofSeconds(60));
		pushes("nightly", 3, 60);
		assertThat(this.ledger.overdue()).containsKey("nightly");
	}

	@Test
	void nonsenseToEverNewGroupsPutsNobodyOut() {
		this.ledger.accepted(push("good"), 1, 1);
		for (int i = 0; i < 2 * PusherLedger.MAX_REFUSED; i++) {
			this.ledger.refused(push("nonsense" + i), Reason.CONFLICT, 400, null);
		}
		assertThat(this.ledger.pushers()).hasSize(1 + PusherLedger.MAX_REFUSED);
		assertThat(this.ledger.pushers().get(0).group()).containsEntry("job", "good");
		assertThat(this.ledger.forgotten()).isEqualTo(PusherLedger.MAX_REFUSED);
	}

	@Test
	void forgetsTheGroupThatWasSilentLongest() {
		this.ledger.accepted(push("first"), 1, 1);
		for (int i = 0; i < PusherLedger.MAX_PUSHED; i++) {
			this.ledger.accepted(push("job" + i), 1, 1);
			this.clock.pass(Duration.ofMillis(1));
		}
		assertThat(this.ledger.pushers()).hasSize(PusherLedger.MAX_PUSHED)
			.noneMatch((pusher) -> "first".equals(pusher.group().get("job")));
	}

	@Test
	void aDeletedGroupIsForgottenAndAFirstSuccessEndsARefusal() {
		this.ledger.refused(push("a"), Reason.CONFLICT, 400, null);
		assertThat(this.ledger.pushers().get(0).lastPush()).isNull();
		this.ledger.accepted(push("a"), 1, 1);
		assertThat(this.ledger.pushers()).hasSize(1);
		assertThat(this.ledger.pushers().get(0).refused()).isEqualTo(1);
		this.ledger.deleted(new GroupingKey(Map.of("job", "a")));
		assertThat(this.ledger.pushers()).isEmpty();
	}

	@Test
	void cutsALongUserAgent() {
		assertThat(new SeenPush(new GroupingKey(Map.of("job", "a")), "-", null, "x".repeat(5000), "PUT", "text")
			.userAgent()).hasSize(121);
	}

	private void pushes(String job, int count, int everySeconds) {
		for (int i = 0; i < count; i++) {
			this.ledger.accepted(push(job), 1, 1);
			this.clock.pass(Duration.ofSeconds(everySeconds));
		}
	}

	private static SeenPush push(String job) {
		return new SeenPush(new GroupingKey(Map.of("job", job)), "10.0.0.1", "ci", "curl/8", "PUT", "text");
	}

	private static final class MovableClock extends Clock {

		private Instant now = Instant.parse("2026-01-01T00:00:00Z");

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
