package io.monitoringstack.doorayadapter.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.monitoringstack.doorayadapter.alert.AlertStates;
import io.monitoringstack.doorayadapter.told.GroupId;
import io.monitoringstack.doorayadapter.told.LastTold;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GuardedStoreTests {

	private static final GroupId GROUP = new GroupId("abc");

	private static final Instant NOW = Instant.parse("2026-11-21T11:00:00Z");

	private static final LastTold LAST = new LastTold(AlertStates.NONE, NOW, 0);

	private static final ToldStore.Turn TURN = new ToldStore.Turn(GROUP, 7, "me");

	private final Remote remote = new Remote();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final GuardedStore store = new GuardedStore(this.remote, Clock.fixed(NOW, ZoneOffset.UTC), this.registry);

	@Test
	void passesOnWhatTheStoreSays() {
		assertThat(this.store.shared()).isTrue();
		assertThat(this.store.read(GROUP)).isEqualTo(new ToldStore.Shared(LAST));
		assertThat(this.store.told(GROUP, LAST)).isTrue();
		assertThat(claim()).isEqualTo(ToldStore.Claim.TAKEN);
		this.store.release(TURN, true);
		assertThat(this.remote.calls).containsExactly("last", "told", "claim", "release");
		assertThat(this.store.trustedSince()).isEqualTo(Instant.MIN);
		assertThat(up()).isEqualTo(1);
	}

	@Test
	void aStoreThatIsAwayIsAskedOnceAndThenLeftAlone() {
		this.remote.failing = true;
		assertThat(this.store.read(GROUP)).isNull();
		assertThat(this.store.told(GROUP, LAST)).isFalse();
		assertThat(claim()).isEqualTo(ToldStore.Claim.AWAY);
		this.store.release(TURN, true);
		assertThat(this.remote.calls).containsExactly("last");
		assertThat(up()).isZero();
	}

	@Test
	void goingAndComingBackAreOneLineEachWithoutASecret(CapturedOutput output) {
		this.remote.failing = true;
		this.store.look();
		this.store.look();
		this.store.read(GROUP);
		this.remote.failing = false;
		this.store.look();
		this.store.look();
		assertThat(output.getAll()).containsOnlyOnce("The shared store is away")
			.containsOnlyOnce("The shared store is back")
			.doesNotContain("S3CR3T");
	}

	@Test
	void isBackOnlyAfterALookWithNewConnections() {
		List<String> heard = new ArrayList<>();
		this.store.onReturn(() -> heard.add((this.store.read(GROUP) != null) ? "back" : "away"));
		this.remote.failing = true;
		this.store.read(GROUP);
		this.remote.failing = false;
		assertThat(this.store.read(GROUP)).isNull();
		this.remote.calls.clear();
		this.store.look();
		assertThat(this.remote.calls).startsWith("reconnect", "ping");
		assertThat(heard).containsExactly("back");
		assertThat(this.store.read(GROUP)).isNotNull();
		assertThat(this.store.trustedSince()).isEqualTo(NOW);
		assertThat(up()).isEqualTo(1);
	}

	private ToldStore.Claim claim() {
		return this.store.claim(TURN, Duration.ofSeconds(10), Duration.ofMinutes(10));
	}

	private double up() {
		return this.registry.get("dooray.store.up").gauge().value();
	}

	private static final class Remote implements RemoteStore {

		private final List<String> calls = new ArrayList<>();

		private boolean failing;

		private void call(String name) {
			this.calls.add(name);
			if (this.failing) {
				throw new IllegalStateException("redis://user:S3CR3T@host");
			}
		}

		@Override
		public LastTold last(GroupId group) {
			call("last");
			return LAST;
		}

		@Override
		public void told(GroupId group, LastTold last) {
			call("told");
		}

		@Override
		public ToldStore.Claim claim(ToldStore.Turn turn, Duration length, Duration remembered) {
			call("claim");
			return ToldStore.Claim.TAKEN;
		}

		@Override
		public void release(ToldStore.Turn turn, boolean settled) {
			call("release");
		}

		@Override
		public void ping() {
			call("ping");
		}

		@Override
		public void reconnect() {
			this.calls.add("reconnect");
		}

	}

}
