package io.monitoringstack.demoapp.load;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.monitoringstack.demoapp.load.LoadPlan.Action;
import io.monitoringstack.demoapp.load.LoadPlan.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadPlanTests {

	private static final int MAX_MEMOS = 5;

	private final LoadPlan plan = new LoadPlan(MAX_MEMOS, new Random(1));

	@Test
	void writesAMemoFirst() {
		assertThat(this.plan.next()).isEqualTo(new Step(Action.CREATE, 0));
	}

	@Test
	void touchesOnlyItsOwnMemosAndKeepsFew() {
		Set<Long> own = new HashSet<>();
		Map<Action, Integer> seen = new EnumMap<>(Action.class);
		for (long number = 1; number <= 2_000; number++) {
			Step step = this.plan.next();
			seen.merge(step.action(), 1, Integer::sum);
			switch (step.action()) {
				case CREATE -> {
					own.add(number);
					this.plan.wrote(number);
				}
				case DELETE -> assertThat(own.remove(step.id())).isTrue();
				case READ, SUMMARIZE, UPDATE -> assertThat(own).contains(step.id());
				case MISS -> assertThat(own).doesNotContain(step.id());
				case LIST -> assertThat(step.id()).isZero();
			}
			assertThat(own).hasSizeLessThanOrEqualTo(MAX_MEMOS);
		}
		assertThat(seen).containsOnlyKeys(Action.values());
		assertThat(seen.get(Action.LIST) + seen.get(Action.READ)).isGreaterThan(900);
	}

	@Test
	void forgetsMemosThatSomebodyElseDeleted() {
		this.plan.wrote(1);
		this.plan.forget(1);
		assertThat(this.plan.next().action()).isEqualTo(Action.CREATE);
	}

}
