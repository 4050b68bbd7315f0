package io.monitoringstack.demoapp.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the visitor does next: mostly reading, a little writing, now and then a memo that
 * is not there. It changes and deletes only what it wrote itself, and keeps few memos.
 */
final class LoadPlan {

	private final int maxMemos;

	private final RandomGenerator random;

	private final Deque<Long> own = new ArrayDeque<>();

	LoadPlan(int maxMemos, RandomGenerator random) {
		this.maxMemos = maxMemos;
		this.random = random;
	}

	synchronized Step next() {
		if (this.own.isEmpty()) {
			return new Step(Action.CREATE, 0);
		}
		if (this.own.size() >= this.maxMemos) {
			return new Step(Action.DELETE, this.own.removeFirst());
		}
		int dice = this.random.nextInt(100);
		if (dice < 35) {
			return new Step(Action.LIST, 0);
		}
		if (dice < 65) {
			return new Step(Action.READ, any());
		}
		if (dice < 80) {
			return new Step(Action.SUMMARIZE, any());
		}
		if (dice < 90) {
			return new Step(Action.CREATE, 0);
		}
		if (dice < 95) {
			return new Step(Action.UPDATE, any());
		}
		if (dice < 98) {
			return new Step(Action.DELETE, this.own.removeFirst());
		}
		return new Step(Action.MISS, Long.MAX_VALUE);
	}

	synchronized void wrote(long id) {
		this.own.addLast(id);
	}

	synchronized void forget(long id) {
		this.own.remove(id);
	}

	private long any() {
		List<Long> ids = new ArrayList<>(this.own);
		return ids.get(this.random.nextInt(ids.size()));
	}

	enum Action {

		LIST, READ, SUMMARIZE, CREATE, UPDATE, DELETE, MISS

	}

	/**
	 * One request.
	 *
	 * @param action what to do
	 * @param id with which memo, where one is needed
	 */
	record Step(Action action, long id) {

	}

}
