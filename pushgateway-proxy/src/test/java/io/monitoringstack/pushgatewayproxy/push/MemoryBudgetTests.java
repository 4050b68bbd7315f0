package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryBudgetTests {

	private final MemoryBudget budget = new MemoryBudget(20_000);

	@Test
	void refusesWhatDoesNotFitAndTellsToComeBack() {
		MemoryBudget.Lease first = this.budget.open();
		first.take(10_000);
		MemoryBudget.Lease second = this.budget.open();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> second.take(5_000))
			.satisfies((ex) -> assertThat(ex.refusal().status()).isEqualTo(429))
			.satisfies((ex) -> assertThat(ex.refusal().headers()).containsKey("Retry-After"));
		first.close();
		second.take(5_000);
	}

	@Test
	void getsEverythingBack() {
		MemoryBudget.Lease lease = this.budget.open();
		lease.take(1_000);
		assertThat(this.budget.held()).isEqualTo(1_000 + MemoryBudget.PER_PUSH);
		lease.close();
		lease.close();
		assertThat(this.budget.held()).isZero();
	}

	@Test
	void countsPushesWithoutABodyToo() {
		for (int i = 0; i < 4; i++) {
			this.budget.open();
		}
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this.budget::open);
	}

	@Test
	void givesNothingToAPushThatHasEnded() {
		MemoryBudget.Lease lease = this.budget.open();
		lease.close();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> lease.take(10));
		assertThat(this.budget.held()).isZero();
	}

}
