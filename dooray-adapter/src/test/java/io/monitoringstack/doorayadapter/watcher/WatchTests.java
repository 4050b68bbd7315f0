package io.monitoringstack.doorayadapter.watcher;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the watch has something to tell.
 */
class WatchTests {

	private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

	private final Watch watch = new Watch(START, Duration.ofMinutes(3), Duration.ofHours(1));

	@Test
	void saysNothingWhileHeartbeatsCome() {
		for (int minute = 0; minute < 60; minute++) {
			this.watch.beat(at(minute * 60), at(minute * 60));
			assertThat(this.watch.due(at(minute * 60 + 59))).isEmpty();
		}
	}

	@Test
	void givesTheFirstHeartbeatAWholeLimit() {
		assertThat(this.watch.due(at(180))).isEmpty();
		assertThat(this.watch.due(at(181))).contains(new Notice(Notice.Kind.SILENT, START, at(181), true));
	}

	@Test
	void saysThatHeartbeatsStoppedSinceTheLastOne() {
		this.watch.beat(at(100), at(130));
		assertThat(this.watch.due(at(280))).isEmpty();
		assertThat(this.watch.due(at(281))).contains(new Notice(Notice.Kind.SILENT, at(100), at(281), false));
	}

	@Test
	void repeatsUntilToldAndThenAtLongIntervals() {
		Notice silent = this.watch.due(at(181)).orElseThrow();
		assertThat(this.watch.due(at(182))).as("not told yet")
			.hasValueSatisfying((notice) -> assertThat(notice.kind()).isEqualTo(Notice.Kind.SILENT));
		this.watch.told(silent, at(190));
		assertThat(this.watch.due(at(191))).isEmpty();
		assertThat(this.watch.due(at(190 + 3599))).isEmpty();
		assertThat(this.watch.due(at(190 + 3600)))
			.contains(new Notice(Notice.Kind.STILL_SILENT, START, at(190 + 3600), true));
	}

	@Test
	void saysOnceThatTheyAreBack() {
		this.watch.beat(at(10), at(10));
		this.watch.told(this.watch.due(at(200)).orElseThrow(), at(200));
		this.watch.beat(at(400), at(401));
		Notice returned = this.watch.due(at(402)).orElseThrow();
		assertThat(returned).isEqualTo(new Notice(Notice.Kind.RETURNED, at(10), at(400), false));
		this.watch.told(returned, at(402));
		assertThat(this.watch.due(at(403))).isEmpty();
	}

	@Test
	void saysNothingOfASilenceThatEndedBeforeAnybodyCouldBeTold() {
		assertThat(this.watch.due(at(181))).isPresent();
		this.watch.beat(at(182), at(182));
		assertThat(this.watch.due(at(183))).isEmpty();
	}

	@Test
	void anAlertThatIsOnlyRepeatedIsNoHeartbeat() {
		this.watch.beat(at(60), at(60));
		this.watch.beat(at(60), at(200));
		this.watch.beat(at(30), at(230));
		assertThat(this.watch.due(at(241)))
			.hasValueSatisfying((notice) -> assertThat(notice.since()).isEqualTo(at(60)));
	}

	@Test
	void anOldHeartbeatRaisesNoAlarmRightAfterTheStart() {
		this.watch.beat(START.minusSeconds(600), at(1));
		assertThat(this.watch.due(at(180))).isEmpty();
		assertThat(this.watch.due(at(181))).isPresent();
	}

	@Test
	void aClockThatIsFastDoesNotHideASilence() {
		this.watch.beat(at(100_000), at(10));
		assertThat(this.watch.due(at(190))).isEmpty();
		assertThat(this.watch.due(at(191))).isPresent();
	}

	private static Instant at(long seconds) {
		return START.plusSeconds(seconds);
	}

}
