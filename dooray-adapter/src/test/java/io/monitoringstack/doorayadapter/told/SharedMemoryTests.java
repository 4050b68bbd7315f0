package io.monitoringstack.doorayadapter.told;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import io.monitoringstack.doorayadapter.alert.NotificationReason;
import io.monitoringstack.doorayadapter.alert.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two memories that share a store.
 */
class SharedMemoryTests {

	private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

	private static final GroupId GROUP = new GroupId("abc");

	private static final AlertStates FIRES = states(AlertStatus.FIRING, "a1");

	private static final AlertStates RESOLVED = states(AlertStatus.RESOLVED, "a1");

	private final Watch watch = new Watch();

	private final FakeToldStore store = new FakeToldStore();

	private final ToldMemory one = memory(null);

	private final ToldMemory other = memory(null);

	@Test
	void whatOneToldTheOtherDoesNotTellAgain() {
		assertThat(this.one.told(GROUP, FIRES)).isTrue();
		pass(9);
		assertThat(justTold(this.other, FIRES)).isTrue();
		pass(2);
		assertThat(justTold(this.other, FIRES)).isFalse();
	}

	@Test
	void changesCountAgainstWhatAnybodyToldLast() {
		this.one.told(GROUP, FIRES);
		assertThat(this.other.refresh(GROUP)).isTrue();
		assertThat(this.other.changes(GROUP, FIRES).repeats()).isEqualTo(1);
		this.other.told(GROUP, RESOLVED);
		this.one.refresh(GROUP);
		assertThat(this.one.changes(GROUP, FIRES).added()).isEqualTo(1);
		assertThat(justTold(this.one, FIRES)).isFalse();
	}

	@Test
	void remindersAreNumberedAcrossInstances() {
		this.one.told(GROUP, FIRES);
		pass(5);
		this.other.refresh(GROUP);
		this.other.told(GROUP, FIRES);
		pass(5);
		this.one.refresh(GROUP);
		assertThat(this.one.changes(GROUP, FIRES).repeats()).isEqualTo(2);
	}

	@Test
	void whileTheStoreIsAwayOnlyTheLastMinuteHoldsBack() {
		this.one.told(GROUP, FIRES);
		this.store.leave();
		assertThat(this.one.refresh(GROUP)).isFalse();
		assertThat(justTold(this.one, FIRES)).isTrue();
		pass(1);
		// The other one may have told of the end meanwhile.
		assertThat(justTold(this.one, FIRES)).isFalse();
		assertThat(this.one.changes(GROUP, FIRES).repeats()).isEqualTo(1);
	}

	@Test
	void whatWasToldWhileTheStoreWasAwayIsSharedWhenItIsBack() {
		this.one.told(GROUP, FIRES);
		this.store.leave();
		pass(2);
		assertThat(this.one.told(GROUP, RESOLVED)).isFalse();
		pass(2);
		this.store.back(this.watch.instant());
		this.other.refresh(GROUP);
		assertThat(this.other.changes(GROUP, RESOLVED).none()).isTrue();
		assertThat(this.other.changes(GROUP, FIRES).added()).isEqualTo(1);
		// Who else told something meanwhile nobody knows.
		assertThat(justTold(this.other, RESOLVED)).isFalse();
		this.other.told(GROUP, RESOLVED);
		pass(5);
		assertThat(justTold(this.one, RESOLVED)).isTrue();
	}

	@Test
	void ofTwoThatToldWhileItWasAwayTheLaterOneCounts() {
		this.store.leave();
		this.one.told(GROUP, FIRES);
		pass(1);
		this.other.told(GROUP, RESOLVED);
		this.store.back(this.watch.instant());
		this.one.refresh(GROUP);
		assertThat(this.one.changes(GROUP, FIRES).added()).isEqualTo(1);
		this.other.refresh(GROUP);
		assertThat(this.other.changes(GROUP, RESOLVED).none()).isTrue();
	}

	@Test
	void aStoreThatForgotEverythingHoldsBackNothingButRetries() {
		this.one.told(GROUP, FIRES);
		this.store.forget();
		assertThat(justTold(this.one, FIRES)).isTrue();
		assertThat(justTold(this.other, FIRES)).isFalse();
		pass(1);
		assertThat(justTold(this.one, FIRES)).isFalse();
	}

	@Test
	void aStoreThatLostTheLastMessageDoesNotHoldBackWhatCameBack() {
		this.one.told(GROUP, FIRES);
		LastTold before = this.store.read(GROUP).last();
		pass(2);
		this.one.told(GROUP, RESOLVED);
		this.store.told(GROUP, before);
		assertThat(justTold(this.one, FIRES)).isFalse();
	}

	@Test
	void aRestartWithoutAFolderKnowsWhatTheStoreKnows(@TempDir Path folder) {
		ToldMemory before = memory(folder);
		before.told(GROUP, FIRES);
		before.close();
		pass(5);
		ToldMemory empty = memory(null);
		assertThat(justTold(empty, FIRES)).isTrue();
		assertThat(empty.changes(GROUP, FIRES).ongoing()).isEqualTo(1);
		ToldMemory filled = memory(folder);
		assertThat(justTold(filled, FIRES)).isTrue();
		filled.close();
	}

	@Test
	void whatMayHaveArrivedIsSettledWhenAnotherOneToldIt() {
		this.one.maybe(GROUP, FIRES);
		this.one.refresh(GROUP);
		assertThat(this.one.maybeTold(GROUP, FIRES)).isTrue();
		this.other.told(GROUP, FIRES);
		this.one.refresh(GROUP);
		assertThat(this.one.maybeTold(GROUP, FIRES)).isFalse();
	}

	private boolean justTold(ToldMemory memory, AlertStates states) {
		memory.refresh(GROUP);
		return memory.justTold(GROUP, states, NotificationReason.FIRST);
	}

	private void pass(int minutes) {
		this.watch.now = this.watch.now.plus(Duration.ofMinutes(minutes));
	}

	private ToldMemory memory(Path folder) {
		return new ToldMemory(new ToldProperties(Duration.ofMinutes(10), 6, folder), this.watch, this.store,
				() -> Duration.between(START, this.watch.now).toNanos());
	}

	private static AlertStates states(AlertStatus status, String fingerprint) {
		Tally tally = new Tally();
		tally.add(new Alert(status, Map.of("alertname", "A"), Map.of(), START, null, "", fingerprint,
				Alert.GrafanaExtras.NONE));
		return tally.states();
	}

	private static final class Watch extends Clock {

		private Instant now = START;

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
