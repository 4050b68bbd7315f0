package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HookGateTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	@Test
	void keepsItsPauseAfterEachTurn() throws InterruptedException {
		HookGate gate = new HookGate(Duration.ofMillis(200));
		long[] starts = new long[3];
		for (int i = 0; i < 3; i++) {
			assertThat(gate.enter(HookGate.Ticket.draw(false), LONG)).isTrue();
			starts[i] = System.nanoTime();
			gate.leave(Duration.ZERO);
		}
		assertThat(starts[1] - starts[0]).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
		assertThat(starts[2] - starts[1]).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
	}

	@Test
	void restsLongerWhenAsked() throws InterruptedException {
		HookGate gate = new HookGate(Duration.ofMillis(10));
		assertThat(gate.enter(HookGate.Ticket.draw(false), LONG)).isTrue();
		gate.leave(Duration.ofSeconds(5));
		assertThat(gate.enter(HookGate.Ticket.draw(true), Duration.ofSeconds(1))).isFalse();
	}

	@Test
	void turnsAwayAtOnceWhoCannotBeServedInTime() throws InterruptedException {
		HookGate gate = new HookGate(Duration.ofMinutes(1));
		assertThat(gate.enter(HookGate.Ticket.draw(false), LONG)).isTrue();
		gate.leave(Duration.ZERO);
		long start = System.nanoTime();
		assertThat(gate.enter(HookGate.Ticket.draw(false), Duration.ofSeconds(30))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void givesUpWhenTheTurnNeverComes() throws InterruptedException {
		HookGate gate = new HookGate(Duration.ofMillis(1));
		assertThat(gate.enter(HookGate.Ticket.draw(false), LONG)).isTrue();
		assertThat(gate.enter(HookGate.Ticket.draw(true), Duration.ofMillis(100))).isFalse();
	}

	@Test
	void letsUrgentOnesPassFirstThenKeepsTheOrder() throws InterruptedException {
		HookGate gate = new HookGate(Duration.ofMillis(50));
		assertThat(gate.enter(HookGate.Ticket.draw(false), LONG)).isTrue();
		List<String> order = new CopyOnWriteArrayList<>();
		CountDownLatch done = new CountDownLatch(4);
		ExecutorService threads = Executors.newCachedThreadPool();
		for (String name : List.of("w1", "w2", "c1", "c2")) {
			HookGate.Ticket ticket = HookGate.Ticket.draw(name.startsWith("c"));
			CountDownLatch started = new CountDownLatch(1);
			threads.execute(() -> {
				started.countDown();
				pass(gate, ticket, name, order);
				done.countDown();
			});
			started.await();
		}
		waitUntilAllWait(gate, 4);
		gate.leave(Duration.ZERO);
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		threads.shutdown();
		assertThat(order).containsExactly("c1", "c2", "w1", "w2");
	}

	private static void waitUntilAllWait(HookGate gate, int count) {
		org.awaitility.Awaitility.await().until(() -> gate.waiting() == count);
	}

	private static void pass(HookGate gate, HookGate.Ticket ticket, String name, List<String> order) {
		try {
			if (gate.enter(ticket, LONG)) {
				order.add(name);
				gate.leave(Duration.ZERO);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
