package io.monitoringstack.doorayadapter.delivery;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.told.FakeToldStore;
import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TurnsTests {

	private static final GroupId GROUP = new GroupId("abc");

	private final FakeToldStore store = new FakeToldStore();

	private final Turns one = new Turns(this.store, Duration.ofMinutes(10));

	private final Turns other = new Turns(this.store, Duration.ofMinutes(10));

	private long nanos;

	@Test
	void theSecondOneWaitsForTheFirst() throws Exception {
		Turns.Held first = take(this.one);
		assertThat(first.waited()).isFalse();
		CompletableFuture<Turns.Held> second = CompletableFuture.supplyAsync(() -> {
			try {
				return take(this.other);
			}
			catch (DeliveryException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await().until(() -> this.store.refusals() > 1);
		assertThat(second).isNotCompleted();
		this.one.end(first, true);
		assertThat(second.join().waited()).isTrue();
		assertThat(second.join().leftBehind()).isFalse();
	}

	@Test
	void whoWaitsInVainIsToldToComeAgain() throws Exception {
		take(this.one);
		assertThatExceptionOfType(DeliveryException.class).isThrownBy(
				() -> this.other.take(GROUP, AlertStates.NONE, Deadline.after(Duration.ofMillis(400), () -> later())))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(FailureReason.HOOK_BUSY));
	}

	@Test
	void aClaimOutlastsTheRequestAndNotThePatienceOfAlertmanager() throws Exception {
		take(this.one);
		assertThat(this.store.lengths().get(0)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
	}

	@Test
	void whoeverFollowsOneThatIsGoneKnowsThatItBegan() throws Exception {
		Turns.Held gone = take(this.one);
		this.store.expire();
		assertThat(take(this.other).leftBehind()).isTrue();
		this.one.end(gone, true);
		assertThatExceptionOfType(DeliveryException.class)
			.isThrownBy(() -> this.one.take(GROUP, AlertStates.NONE, Deadline.after(Duration.ZERO)));
	}

	@Test
	void anOutcomeThatIsNotKnownIsLeftBehind() throws Exception {
		this.one.end(take(this.one), false);
		Turns.Held next = take(this.other);
		assertThat(next.leftBehind()).isTrue();
		assertThat(next.waited()).isFalse();
		this.other.end(next, true);
		assertThat(take(this.one).leftBehind()).isFalse();
	}

	@Test
	void whileTheStoreIsAwayEverybodyHasTheTurn() throws Exception {
		this.store.leave();
		assertThat(take(this.one).alone()).isTrue();
		assertThat(take(this.other).alone()).isTrue();
	}

	@Test
	void withoutAStoreNobodyWaits() throws Exception {
		Turns alone = new Turns(ToldStore.NONE, Duration.ofMinutes(10));
		assertThat(alone.shared()).isFalse();
		assertThat(take(alone).alone()).isFalse();
		assertThat(take(alone).waited()).isFalse();
	}

	// A clock that goes on whenever somebody looks.
	private long later() {
		this.nanos += Duration.ofMillis(100).toNanos();
		return this.nanos;
	}

	private static Turns.Held take(Turns turns) throws DeliveryException {
		return turns.take(GROUP, AlertStates.NONE, Deadline.after(Duration.ofMillis(9500)));
	}

}
