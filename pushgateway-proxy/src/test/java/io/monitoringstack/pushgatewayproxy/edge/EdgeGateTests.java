package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.Decision;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import io.monitoringstack.pushgatewayproxy.index.Preview;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EdgeGateTests {

	private static final GroupingKey A = new GroupingKey(Map.of("job", "a"));

	private static final GroupingKey B = new GroupingKey(Map.of("job", "b"));

	private static final int COUNTER = 0;

	private static final int GAUGE = 1;

	private static final int UNTYPED = 3;

	private final FakeStore store = new FakeStore();

	private final EdgeGate gate = new EdgeGate(this.store, 1000);

	@BeforeEach
	void start() {
		this.gate.start();
		Awaitility.await().until(this.gate::isReady);
	}

	@AfterEach
	void stop() {
		this.gate.stop();
	}

	@Test
	void pushesToOneGroupGoOneAfterTheOtherAndToOthersAtOnce() {
		CompletableFuture<StoreAnswer> first = push(A, "x", GAUGE, "1");
		CompletableFuture<StoreAnswer> second = push(A, "x", GAUGE, "2");
		push(B, "x", GAUGE, "3");
		assertThat(this.store.sent).containsExactly("POST 1", "POST 3");
		this.store.answer(202);
		assertThat(first.join().status()).isEqualTo(202);
		assertThat(this.store.sent).containsExactly("POST 1", "POST 3", "POST 2");
		assertThat(second).isNotDone();
	}

	@Test
	void aPushWhoseClientLeavesIsCarriedOut() {
		Disposable client = this.gate.push(change(A, "x", GAUGE), request("1")).subscribe();
		CompletableFuture<StoreAnswer> next = push(A, "x", GAUGE, "2");
		client.dispose();
		assertThat(this.store.sent).containsExactly("POST 1");
		this.store.answer(202);
		this.store.answer(202);
		assertThat(next.join().status()).isEqualTo(202);
		assertThat(refused(push(B, "x", COUNTER, "3"))).contains("gauge");
	}

	@Test
	void aRefusalIsNotedInAGroupThatExistsAndLeavesNothingInOneThatDoesNot() {
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		assertThat(refused(push(B, "x", COUNTER, "2"))).contains("gauge");
		assertThat(this.store.sent).containsExactly("POST 1");
		push(B, "y", GAUGE, "3");
		this.store.answer(202);
		assertThat(refused(push(B, "x", COUNTER, "4"))).contains("gauge");
		assertThat(this.store.sent).containsExactly("POST 1", "POST 3", "FAILURE b");
		this.gate.noteFailure(A).block();
		this.gate.noteFailure(new GroupingKey(Map.of("job", "c"))).block();
		assertThat(this.store.sent).containsExactly("POST 1", "POST 3", "FAILURE b", "FAILURE a");
	}

	@Test
	void aPushThatWasNotSentIsUndone() {
		CompletableFuture<StoreAnswer> first = push(A, "x", GAUGE, "1");
		this.store.fail(StoreFailure.Kind.NOT_SENT);
		assertThat(first).isCompletedExceptionally();
		push(B, "x", COUNTER, "2");
		this.store.answer(202);
		assertThat(this.store.sent).containsExactly("POST 1", "POST 2");
	}

	@Test
	void aPushThatDependsOnAnotherWaitsForItsEnd() {
		push(A, "x", GAUGE, "1");
		CompletableFuture<StoreAnswer> waiting = push(B, "x", COUNTER, "2");
		assertThat(this.store.sent).containsExactly("POST 1");
		this.store.answer(400);
		assertThat(this.store.sent).containsExactly("POST 1", "POST 2");
		this.store.answer(202);
		assertThat(waiting.join().status()).isEqualTo(202);
	}

	@Test
	void aRestartedPushgatewayRefusesNothingForWhatTheOneBeforeHeld() {
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		this.store.startTime = "second";
		CompletableFuture<StoreAnswer> push = push(B, "x", COUNTER, "2");
		Awaitility.await().until(() -> this.store.sent.contains("POST 2"));
		this.store.answer(202);
		assertThat(push.join().status()).isEqualTo(202);
		assertThat(this.gate.indexBuilds()).isEqualTo(2);
	}

	@Test
	void aRestartedPushgatewayIsReadBeforeAnythingGoesThere() {
		push(A, "y", GAUGE, "1");
		this.store.answer(202);
		this.store.groups.put(A, List.of(new HeldFamily("x", COUNTER, new long[] { 1 })));
		this.store.startTime = "second";
		assertThat(refused(push(B, "x", GAUGE, "2"))).contains("counter");
		assertThat(this.store.sent).containsExactly("POST 1");
	}

	@Test
	void aDeletePassesWhateverTheIndexSays() {
		this.store.startTime = "second";
		CompletableFuture<StoreAnswer> delete = this.gate
			.delete(A, new StoreRequest("DELETE", "1", List.of(), new byte[0], 0))
			.toFuture();
		Awaitility.await().until(() -> this.store.sent.contains("DELETE 1"));
		this.store.answer(202);
		assertThat(delete.join().status()).isEqualTo(202);
	}

	@Test
	void aGroupIsDeletedInItsTurnAndOnlyIfItIsStillToGo() {
		push(A, "x", GAUGE, "1");
		CompletableFuture<Boolean> deleted = this.gate.deleteIf(A, () -> true).toFuture();
		assertThat(this.store.sent).containsExactly("POST 1");
		this.store.answer(202);
		Awaitility.await().until(() -> this.store.sent.contains("DELETE a"));
		assertThat(deleted).isNotDone();
		this.store.answer(202);
		assertThat(deleted).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(true);
		assertThat(this.gate.series()).isZero();
		assertThat(this.gate.deleteIf(A, () -> false).block()).isFalse();
		assertThat(this.store.sent).hasSize(2);
	}

	@Test
	void aGroupWhoseAnswerWasLostIsClosedUntilItWasRead(CapturedOutput output) {
		CompletableFuture<StoreAnswer> lost = push(A, "x", GAUGE, "1");
		this.store.fail(StoreFailure.Kind.UNKNOWN);
		assertThat(lost).isCompletedExceptionally();
		CompletableFuture<StoreAnswer> next = push(A, "x", GAUGE, "2");
		CompletableFuture<StoreAnswer> other = push(B, "x", COUNTER, "3");
		CompletableFuture<StoreAnswer> unrelated = push(B, "z", COUNTER, "4");
		assertThat(next).isNotDone();
		assertThat(other).isNotDone();
		assertThat(unrelated).isNotDone();
		assertThat(this.store.sent).containsExactly("POST 1");
		this.store.groups.put(A, List.of(new HeldFamily("x", GAUGE, new long[] { 1 })));
		assertThat(refused(other)).contains("gauge");
		Awaitility.await().until(() -> this.store.sent.contains("POST 2") && this.store.sent.contains("POST 4"));
		assertThat(output).contains("the answer to a push was lost").contains("{job=\"a\"}");
	}

	@Test
	void readersWaitForWhatWasAcceptedAndForNothingElse() {
		int before = this.store.drains.get();
		this.gate.stored().block();
		assertThat(this.store.drains.get()).isEqualTo(before);
		Sinks.Empty<Void> drained = Sinks.empty();
		this.store.drain = drained.asMono();
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		List<CompletableFuture<Boolean>> readers = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			readers.add(this.gate.stored().toFuture());
		}
		assertThat(readers).noneMatch(CompletableFuture::isDone);
		drained.tryEmitEmpty();
		readers.forEach((reader) -> assertThat(reader).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(true));
		assertThat(this.store.drains.get()).isEqualTo(before + 1);
		this.gate.stored().block();
		assertThat(this.store.drains.get()).isEqualTo(before + 1);
	}

	@Test
	void aReaderIsToldWhenPushgatewayIsTooSlowAndTheNextOneTriesAgain() {
		this.store.drain = Mono.error(new IllegalStateException("no connection"));
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		assertThat(this.gate.stored().block()).isFalse();
		Sinks.Empty<Void> never = Sinks.empty();
		this.store.drain = never.asMono();
		assertThat(this.gate.stored().block(Duration.ofSeconds(4))).isFalse();
		assertThat(this.gate.staleReads()).isEqualTo(2);
		this.store.drain = Mono.empty();
		assertThat(this.gate.stored().block()).isTrue();
		assertThat(this.gate.staleReads()).isEqualTo(2);
	}

	@Test
	void aReaderThatJoinsAWaitWhichFailsWaitsOnceMore() {
		Sinks.Empty<Void> failing = Sinks.empty();
		this.store.drain = failing.asMono();
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		CompletableFuture<Boolean> early = this.gate.stored().toFuture();
		CompletableFuture<Boolean> late = this.gate.stored().toFuture();
		this.store.drain = Mono.empty();
		failing.tryEmitError(new IllegalStateException("no connection"));
		assertThat(early).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(false);
		assertThat(late).succeedsWithin(Duration.ofSeconds(1)).isEqualTo(true);
	}

	@Test
	void aReaderThatComesBehindAFurtherPushWaitsForThatToo() {
		Sinks.Empty<Void> drained = Sinks.empty();
		this.store.drain = drained.asMono();
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		CompletableFuture<Boolean> early = this.gate.stored().toFuture();
		push(A, "x", GAUGE, "2");
		this.store.answer(202);
		int before = this.store.drains.get();
		CompletableFuture<Boolean> late = this.gate.stored().toFuture();
		drained.tryEmitEmpty();
		assertThat(early).succeedsWithin(Duration.ofSeconds(1));
		assertThat(late).succeedsWithin(Duration.ofSeconds(2));
		assertThat(this.store.drains.get()).isEqualTo(before + 1);
	}

	@Test
	void namesTheGroupThatWasWrittenBehindItsBack(CapturedOutput output) {
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		this.store.groups.put(A, List.of(new HeldFamily("x", GAUGE, new long[] { 1 })));
		this.store.groups.put(B, List.of(new HeldFamily("x", COUNTER, new long[] { 2 })));
		this.store.healthy = false;
		this.store.startTime = "second";
		refused(push(new GroupingKey(Map.of("job", "c")), "x", UNTYPED, "2"));
		assertThat(this.gate.isScrapeHealthy()).isFalse();
		assertThat(this.gate.intruders()).containsExactly(B);
		assertThat(output).contains("Pushgateway's scrape fails", "[{job=\"b\"}]", "it is broken");
	}

	@Test
	void aPreviewSeesWhatThePushesBeforeItDoAndSendsNothing() {
		push(A, "x", GAUGE, "1");
		CompletableFuture<Preview> sameGroup = this.gate.preview(change(A, "x", GAUGE), null).toFuture();
		CompletableFuture<Preview> otherGroup = this.gate.preview(change(B, "x", COUNTER), null).toFuture();
		assertThat(sameGroup).isNotDone();
		assertThat(otherGroup).as("it depends on how that push ends").isNotDone();
		this.store.answer(202);
		assertThat(sameGroup.join().unchanged()).containsExactly("x");
		assertThat(otherGroup.join().obstacle()).isInstanceOf(Decision.Refused.class);
		assertThat(this.store.sent).containsExactly("POST 1");
		push(A, "x", GAUGE, "2");
		this.store.answer(202);
		assertThat(this.store.sent).containsExactly("POST 1", "POST 2");
	}

	@Test
	void aPreviewRestsOnThePushgatewayThatIsThereNow() {
		push(A, "x", GAUGE, "1");
		this.store.answer(202);
		this.store.startTime = "second";
		assertThat(this.gate.preview(change(B, "x", COUNTER), null).block(Duration.ofSeconds(10)).added())
			.containsExactly("x");
	}

	@Test
	void aPreviewKnowsWhatAPutOfOneSourceWouldTakeAway() {
		OwnedPush mine = new OwnedPush("mine", true, false);
		this.gate.push(change(A, "old", GAUGE), request("1"), mine).subscribe();
		this.store.answer(202);
		this.gate.push(change(A, "theirs", GAUGE), request("2"), new OwnedPush("theirs", true, false)).subscribe();
		this.store.answer(202);
		Preview preview = this.gate.preview(change(A, "new", GAUGE), mine).block(Duration.ofSeconds(10));
		assertThat(preview).isEqualTo(new Preview(null, List.of("new"), List.of(), List.of(), List.of("old")));
		assertThat(this.store.sent).containsExactly("PUT 1", "POST 2");
	}

	private CompletableFuture<StoreAnswer> push(GroupingKey key, String name, int type, String path) {
		return this.gate.push(change(key, name, type), request(path)).toFuture();
	}

	private static GroupPush change(GroupingKey key, String name, int type) {
		long series = (key.job() + name).hashCode();
		return new GroupPush(key, List.of(new HeldFamily(name, type, new long[] { series })), false, null);
	}

	private static StoreRequest request(String path) {
		return new StoreRequest("POST", path, List.of(), new byte[0], 0);
	}

	private static String refused(CompletableFuture<StoreAnswer> push) {
		RefusedException refused = Mono.fromFuture(push)
			.map((answer) -> (RefusedException) null)
			.onErrorResume(RefusedException.class, Mono::just)
			.block(Duration.ofSeconds(10));
		assertThat(refused).isNotNull();
		assertThat(refused.refusal().reason()).isEqualTo(Reason.CONFLICT);
		return refused.refusal().text();
	}

}
