package io.monitoringstack.pushgatewayproxy.ghost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class GroupGateTests {

	private static final GroupingKey GROUP = new GroupingKey(Map.of("job", "a"));

	private static final GroupingKey OTHER = new GroupingKey(Map.of("job", "b"));

	private final List<GroupingKey> cleaned = new ArrayList<>();

	private final AtomicLong nanos = new AtomicLong();

	private Sinks.Empty<Void> cleaning = Sinks.empty();

	private final GroupGate gate = new GroupGate((key) -> {
		this.cleaned.add(key);
		return this.cleaning.asMono();
	}, this.nanos::get);

	@Test
	void cleansUpAfterARefusedPushBeforeItIsAnswered() {
		Push push = new Push(GROUP);
		push.answer(400);
		assertThat(this.cleaned).containsExactly(GROUP);
		assertThat(push.ended()).isFalse();
		this.cleaning.tryEmitEmpty();
		assertThat(push.ended()).isTrue();
		assertThat(this.gate.groupsUnderWay()).isZero();
	}

	@Test
	void leavesAGroupAloneInWhichAPushSucceeds() {
		Push good = new Push(GROUP);
		Push bad = new Push(GROUP);
		bad.answer(400);
		good.answer(200);
		assertThat(this.cleaned).isEmpty();
		assertThat(bad.ended()).isTrue();
		assertThat(good.ended()).isTrue();
		assertThat(this.gate.groupsUnderWay()).isZero();
	}

	@Test
	void leavesAGroupAloneThatHadASuccessfulPushAMomentAgo() {
		new Push(GROUP).answer(200);
		new Push(GROUP).answer(400);
		assertThat(this.cleaned).isEmpty();
	}

	@Test
	void pushesWaitWhileSomethingIsDoneToTheGroupAlone() {
		Sinks.One<String> work = Sinks.one();
		CompletableFuture<String> done = this.gate.alone(GROUP, work.asMono()).toFuture();
		Push push = new Push(GROUP);
		assertThat(push.sent()).isFalse();
		work.tryEmitValue("done");
		assertThat(done).isCompletedWithValue("done");
		assertThat(push.sent()).isTrue();
		push.answer(200);
		assertThat(push.ended()).isTrue();
		assertThat(this.gate.groupsUnderWay()).isZero();
	}

	@Test
	void nothingIsDoneToAGroupToWhichAPushIsUnderWay() {
		Push push = new Push(GROUP);
		assertThat(this.gate.alone(GROUP, Mono.just("done")).block()).isNull();
		push.answer(200);
		assertThat(this.gate.alone(GROUP, Mono.just("done")).block()).isEqualTo("done");
		assertThat(this.gate.alone(GROUP, Mono.error(new IllegalStateException("x"))).onErrorReturn("failed").block())
			.isEqualTo("failed");
		assertThat(this.gate.groupsUnderWay()).isZero();
	}

	@Test
	void looksAgainWhenThatMomentHasPassed() {
		new Push(GROUP).answer(200);
		this.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
		new Push(GROUP).answer(400);
		assertThat(this.cleaned).containsExactly(GROUP);
	}

	@Test
	void looksAgainWhenADeleteWasUnderWay() {
		Push good = new Push(GROUP);
		Push delete = new Push(GROUP, true);
		Push bad = new Push(GROUP);
		good.answer(200);
		delete.answer(202);
		bad.answer(400);
		assertThat(this.cleaned).containsExactly(GROUP);
	}

	@Test
	void looksAgainWhenTheGroupWasDeletedMeanwhile() {
		new Push(GROUP).answer(200);
		new Push(GROUP, true).answer(202);
		new Push(GROUP).answer(400);
		assertThat(this.cleaned).containsExactly(GROUP);
	}

	@Test
	void looksAgainWhenSomethingWasDoneToTheGroupAlone() {
		new Push(GROUP).answer(200);
		this.gate.alone(GROUP, Mono.just("deleted")).block();
		new Push(GROUP).answer(400);
		assertThat(this.cleaned).containsExactly(GROUP);
	}

	@Test
	void holdsNewPushesBackUntilCleaningHasEnded() {
		Push bad = new Push(GROUP);
		bad.answer(400);
		Push next = new Push(GROUP);
		assertThat(next.sent()).isFalse();
		this.cleaning.tryEmitEmpty();
		assertThat(next.sent()).isTrue();
		next.answer(200);
		assertThat(next.ended()).isTrue();
		assertThat(this.gate.groupsUnderWay()).isZero();
	}

	@Test
	void waitsForPushesUnderWayBeforeCleaning() {
		Push slow = new Push(GROUP);
		Push bad = new Push(GROUP);
		bad.answer(400);
		assertThat(this.cleaned).isEmpty();
		assertThat(new Push(GROUP).sent()).isFalse();
		slow.answer(400);
		assertThat(this.cleaned).containsExactly(GROUP);
	}

	@Test
	void letsWaitingPushesGoOnWhenOneSucceedsAfterAll() {
		Push slow = new Push(GROUP);
		new Push(GROUP).answer(400);
		Push waiting = new Push(GROUP);
		slow.answer(200);
		assertThat(waiting.sent()).isTrue();
		waiting.answer(200);
		assertThat(this.cleaned).isEmpty();
	}

	@Test
	void doesNotHoldOtherGroupsBack() {
		new Push(GROUP).answer(400);
		assertThat(new Push(OTHER).sent()).isTrue();
	}

	@Test
	void keepsTheGroupClosedWhenTheClientLeavesDuringCleaning() {
		Push bad = new Push(GROUP);
		bad.answer(400);
		bad.leave();
		Push next = new Push(GROUP);
		assertThat(next.sent()).isFalse();
		this.cleaning.tryEmitEmpty();
		assertThat(next.sent()).isTrue();
	}

	@Test
	void forgetsAPushWhoseClientLeaves() {
		Push push = new Push(GROUP);
		push.leave();
		assertThat(this.gate.groupsUnderWay()).isZero();
		assertThat(this.cleaned).isEmpty();
	}

	@Test
	void opensAgainWhenCleaningFails() {
		Push bad = new Push(GROUP);
		bad.answer(400);
		this.cleaning.tryEmitError(new IllegalStateException("scrape answered 500"));
		assertThat(bad.ended()).isTrue();
		assertThat(new Push(GROUP).sent()).isTrue();
	}

	@Test
	void doesNotCleanAfterOtherFailures() {
		new Push(GROUP).answer(500);
		new Push(GROUP).fail(new IllegalStateException("no connection"));
		new Push(GROUP, true).answer(400);
		assertThat(this.cleaned).isEmpty();
		assertThat(this.gate.groupsUnderWay()).isZero();
	}

	@Test
	void neverCleansWhileAPushIsUnderWayHoweverManyThreads() {
		AtomicInteger underWay = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		AtomicInteger cleanings = new AtomicInteger();
		GroupGate busy = new GroupGate((key) -> Mono.fromRunnable(() -> {
			cleanings.incrementAndGet();
			overlaps.addAndGet(underWay.get());
		}), System::nanoTime);
		Flux.range(0, 20_000).flatMap((i) -> Mono.defer(() -> busy.pass(GROUP, false, Mono.defer(() -> {
			underWay.incrementAndGet();
			// None succeeds, so that the group stays suspect all the time.
			return Mono.just(new Random().nextBoolean() ? 400 : 500)
				.publishOn(Schedulers.parallel())
				.doOnNext((status) -> underWay.decrementAndGet());
		}))).subscribeOn(Schedulers.parallel()), 16).blockLast(Duration.ofSeconds(60));
		assertThat(overlaps).hasValue(0);
		assertThat(cleanings.get()).isPositive();
		assertThat(busy.groupsUnderWay()).isZero();
	}

	/**
	 * A push on its way, answered by the test.
	 */
	private final class Push {

		private final Sinks.One<Integer> answer = Sinks.one();

		private final AtomicInteger ends = new AtomicInteger();

		private final Disposable subscription;

		private boolean sent;

		Push(GroupingKey key) {
			this(key, false);
		}

		Push(GroupingKey key, boolean delete) {
			Mono<Integer> upstream = Mono.defer(() -> {
				this.sent = true;
				return this.answer.asMono();
			});
			this.subscription = GroupGateTests.this.gate.pass(key, delete, upstream).subscribe((none) -> {
			}, (ex) -> this.ends.incrementAndGet(), this.ends::incrementAndGet);
		}

		boolean sent() {
			return this.sent;
		}

		boolean ended() {
			return this.ends.get() == 1;
		}

		void answer(int status) {
			this.answer.tryEmitValue(status);
		}

		void fail(Exception ex) {
			this.answer.tryEmitError(ex);
		}

		void leave() {
			this.subscription.dispose();
		}

	}

}
