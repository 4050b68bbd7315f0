package io.monitoringstack.doorayadapter.told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.IntStream;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.Changes;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ToldMemoryTests {

	private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

	private static final GroupId GROUP = new GroupId("abc");

	private static final AlertStates ONE_FIRES = states(firing("a1", START));

	private final Watch watch = new Watch();

	private final ToldMemory memory = memory(null);

	@Test
	void theSameStateWithinTheWindowWasJustTold() {
		assertThat(justTold(ONE_FIRES)).isFalse();
		this.memory.told(GROUP, ONE_FIRES);
		this.watch.pass(Duration.ofMinutes(9));
		assertThat(justTold(ONE_FIRES)).isTrue();
		assertThat(this.memory.justTold(new GroupId("other"), ONE_FIRES, NotificationReason.FIRST)).isFalse();
		this.watch.pass(Duration.ofMinutes(2));
		assertThat(justTold(ONE_FIRES)).isFalse();
	}

	@Test
	void orderDoesNotMatterButStatusAndFingerprintDo() {
		this.memory.told(GROUP, states(firing("a1", START), firing("b2", START)));
		assertThat(justTold(states(firing("b2", START), firing("a1", START)))).isTrue();
		assertThat(justTold(states(firing("b2", START), resolved("a1", START)))).isFalse();
		assertThat(justTold(states(firing("b2", START)))).isFalse();
		assertThat(justTold(states(firing("b2", START), firing("c3", START)))).isFalse();
	}

	@Test
	void startsAMinuteApartAreTheSameOccurrenceSeenByAPair() {
		this.memory.told(GROUP, ONE_FIRES);
		assertThat(justTold(states(firing("a1", START.plusSeconds(60))))).isTrue();
		assertThat(justTold(states(firing("a1", START.minusSeconds(60))))).isTrue();
		assertThat(justTold(states(firing("a1", START.plusSeconds(61))))).isFalse();
	}

	@Test
	void aStateThatComesBackAfterAnotherOneIsNews() {
		this.memory.told(GROUP, ONE_FIRES);
		this.memory.told(GROUP, states(resolved("a1", START)));
		assertThat(justTold(ONE_FIRES)).isFalse();
	}

	@Test
	void aReminderIsToldUnlessThePairToldItWithinAMinute() {
		this.memory.told(GROUP, ONE_FIRES);
		this.watch.pass(Duration.ofSeconds(60));
		assertThat(this.memory.justTold(GROUP, ONE_FIRES, NotificationReason.REPEAT)).isTrue();
		this.watch.pass(Duration.ofSeconds(1));
		assertThat(this.memory.justTold(GROUP, ONE_FIRES, NotificationReason.REPEAT)).isFalse();
		assertThat(this.memory.justTold(GROUP, ONE_FIRES, NotificationReason.FIRST)).isTrue();
	}

	@Test
	void whatMayHaveBeenToldIsRememberedUntilItIsTold() {
		this.memory.maybe(GROUP, ONE_FIRES);
		assertThat(this.memory.maybeTold(GROUP, ONE_FIRES)).isTrue();
		assertThat(this.memory.maybeTold(GROUP, states(resolved("a1", START)))).isFalse();
		assertThat(justTold(ONE_FIRES)).isFalse();
		this.memory.told(GROUP, ONE_FIRES);
		assertThat(this.memory.maybeTold(GROUP, ONE_FIRES)).isFalse();
	}

	@Test
	void changesAreCountedAgainstTheLastStateTold() {
		assertThat(this.memory.changes(GROUP, ONE_FIRES).known()).isFalse();
		this.memory.told(GROUP, states(firing("a1", START), firing("b2", START), resolved("c3", START)));
		Changes changes = this.memory.changes(GROUP, states(firing("a1", START), resolved("b2", START),
				resolved("c3", START), firing("d4", START), firing("e5", START)));
		assertThat(changes.added()).isEqualTo(2);
		assertThat(changes.resolved()).isEqualTo(1);
		assertThat(changes.ongoing()).isEqualTo(1);
		assertThat(changes.repeats()).isZero();
		assertThat(changes.told(firing("a1", START))).isTrue();
		assertThat(changes.told(firing("d4", START))).isFalse();
	}

	@Test
	void remindersAreNumbered() {
		this.memory.told(GROUP, ONE_FIRES);
		assertThat(this.memory.changes(GROUP, ONE_FIRES).repeats()).isEqualTo(1);
		this.memory.told(GROUP, ONE_FIRES);
		assertThat(this.memory.changes(GROUP, ONE_FIRES).repeats()).isEqualTo(2);
		this.memory.told(GROUP, states(firing("a1", START), firing("b2", START)));
		assertThat(this.memory.changes(GROUP, states(firing("a1", START), firing("b2", START))).repeats()).isEqualTo(1);
	}

	@Test
	void anAlertThatFiredAnewIsNew() {
		this.memory.told(GROUP, ONE_FIRES);
		assertThat(this.memory.changes(GROUP, states(firing("a1", START.plusSeconds(600)))).added()).isEqualTo(1);
	}

	@Test
	void aRestartKnowsWhatWasToldAndNoTextIsKept(@TempDir Path folder) throws IOException {
		ToldMemory before = memory(folder);
		AlertStates states = states(firing("a1", START), resolved("b2", START), firing("", START));
		before.told(GROUP, states);
		before.told(GROUP, states);
		before.close();
		String file = Files.readString(folder.resolve("told"));
		assertThat(file).contains(GROUP.hash()).doesNotContain("alertname", "S3CR3T");
		assertThat(folder.resolve("told.new")).doesNotExist();
		ToldMemory after = memory(folder);
		assertThat(after.justTold(GROUP, states, NotificationReason.FIRST)).isTrue();
		assertThat(after.changes(GROUP, states).repeats()).isEqualTo(2);
		after.close();
	}

	@Test
	void aDamagedFileMakesEverythingNewAndNothingFail(@TempDir Path folder, CapturedOutput output) throws IOException {
		for (String content : new String[] { "", "other 1\n", "dooray-adapter told 1\nabc 12", "\u0000\u0001" }) {
			Files.writeString(folder.resolve("told"), content);
			ToldMemory memory = memory(folder);
			assertThat(memory.changes(GROUP, ONE_FIRES).known()).isFalse();
			memory.told(GROUP, ONE_FIRES);
			memory.close();
		}
		assertThat(output.getAll()).contains("What was told before cannot be read");
		ToldMemory after = memory(folder);
		assertThat(after.changes(GROUP, ONE_FIRES).known()).isTrue();
		after.close();
	}

	@Test
	void withoutAFolderItWarnsOnceAndRemembersInMemory(CapturedOutput output) {
		ToldMemory missing = memory(Path.of("/nonexistent/folder"));
		missing.told(GROUP, ONE_FIRES);
		missing.close();
		assertThat(missing.justTold(GROUP, ONE_FIRES, NotificationReason.FIRST)).isTrue();
		assertThat(output.getAll()).containsOnlyOnce("ADAPTER_STATE_DIR names no folder that can be written to");
	}

	@Test
	void memoryIsBoundedByAlerts() {
		AlertStates large = states(IntStream.range(0, 15_000)
			.mapToObj((i) -> firing(Integer.toHexString(i), START))
			.toArray(Alert[]::new));
		IntStream.range(0, 60).forEach((i) -> this.memory.told(new GroupId("g" + i), large));
		long known = IntStream.range(0, 60)
			.filter((i) -> this.memory.changes(new GroupId("g" + i), large).known())
			.count();
		assertThat(known).isBetween(1L, 27L);
	}

	@Test
	void moreAlertsThanAreToldApartStillMakeADuplicate() {
		AlertStates huge = states(IntStream.range(0, 30_000)
			.mapToObj((i) -> firing(Integer.toHexString(i), START))
			.toArray(Alert[]::new));
		this.memory.told(GROUP, huge);
		assertThat(justTold(huge)).isTrue();
		assertThat(huge.complete()).isFalse();
		assertThat(this.memory.changes(GROUP, huge).known()).isFalse();
		assertThat(AlertStates.decode(huge.encode()).same(huge, Duration.ZERO)).isTrue();
	}

	private boolean justTold(AlertStates states) {
		return this.memory.justTold(GROUP, states, NotificationReason.FIRST);
	}

	private ToldMemory memory(Path folder) {
		return new ToldMemory(new ToldProperties(Duration.ofMinutes(10), 6, folder), this.watch, ToldStore.NONE,
				this.watch::nanos);
	}

	private static AlertStates states(Alert... alerts) {
		Tally tally = new Tally();
		for (Alert alert : alerts) {
			tally.add(alert);
		}
		return tally.states();
	}

	private static Alert firing(String fingerprint, Instant start) {
		return new Alert(AlertStatus.FIRING, Map.of("alertname", "S3CR3T"), Map.of(), start, null, "", fingerprint,
				Alert.GrafanaExtras.NONE);
	}

	private static Alert resolved(String fingerprint, Instant start) {
		return new Alert(AlertStatus.RESOLVED, Map.of("alertname", "S3CR3T"), Map.of(), start, start.plusSeconds(5), "",
				fingerprint, Alert.GrafanaExtras.NONE);
	}

	private static final class Watch extends Clock {

		private Instant now = START;

		private void pass(Duration time) {
			this.now = this.now.plus(time);
		}

		private long nanos() {
			return Duration.between(START, this.now).toNanos();
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
