package io.monitoringstack.pushgatewayproxy.ghost;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets pushes through to Pushgateway and cleans up behind those it refuses.
 * <p>
 * Pushgateway creates the group of a push before it finds the push inconsistent, and
 * keeps it, empty, for ever. Such a group is removed again. Removal takes the whole
 * group, so it must not meet a push that succeeds: pushes to one group pass side by side
 * until one is refused, then new ones wait until those under way have ended, and only if
 * none of them succeeded is the group looked at and removed. Groups do not wait for each
 * other. What is kept per group ends with its last push under way.
 */
public final class GroupGate {

	private static final Logger logger = LoggerFactory.getLogger(GroupGate.class);

	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private final GroupStore store;

	private final LongSupplier nanoClock;

	private final Map<GroupingKey, Group> groups = new HashMap<>();

	private final KnownGroups known = new KnownGroups();

	public GroupGate(GroupStore store, LongSupplier nanoClock) {
		this.store = store;
		this.nanoClock = nanoClock;
	}

	/**
	 * Lets one push through.
	 * @param key group it addresses
	 * @param delete whether it is a delete, which never leaves anything behind
	 * @param push does the push and tells the status of the answer
	 * @return completes when the push has ended and what it left behind is removed
	 */
	public Mono<Void> pass(GroupingKey key, boolean delete, Mono<Integer> push) {
		return Mono.defer(() -> {
			Mono<Void> reopened = enter(key);
			if (reopened != null) {
				return reopened.timeout(PATIENCE, Mono.error(() -> stillClosed().asException()))
					.then(pass(key, delete, push));
			}
			Visit visit = new Visit(key, delete);
			return push.flatMap(visit::end).doOnError((ex) -> visit.end(0)).doOnCancel(() -> visit.end(0));
		});
	}

	/**
	 * Does something to a group while no push goes there; pushes wait meanwhile.
	 * @param key the group
	 * @param work what to do
	 * @param <T> type of what comes of it
	 * @return what came of it; empty, and nothing was done, if pushes are under way
	 */
	public <T> Mono<T> alone(GroupingKey key, Mono<T> work) {
		return Mono.defer(() -> {
			Group group = new Group();
			group.refused();
			synchronized (this.groups) {
				if (this.groups.putIfAbsent(key, group) != null) {
					return Mono.empty();
				}
				this.known.forget(key);
			}
			// It goes on when the caller has left, as the group stays closed until it
			// ends.
			Mono<T> whole = work.doFinally((signal) -> reopen(key, group));
			return Mono.fromFuture(whole.toFuture(), true);
		});
	}

	private void reopen(GroupingKey key, Group group) {
		Sinks.Empty<Void> reopened;
		synchronized (this.groups) {
			this.groups.remove(key);
			reopened = group.reopened();
		}
		reopened.tryEmitEmpty();
	}

	int groupsUnderWay() {
		synchronized (this.groups) {
			return this.groups.size();
		}
	}

	// Goes in, or tells what to wait for.
	private @Nullable Mono<Void> enter(GroupingKey key) {
		synchronized (this.groups) {
			Group group = this.groups.computeIfAbsent(key, (unused) -> new Group());
			if (group.isClosed()) {
				return group.reopened().asMono();
			}
			group.enter();
			return null;
		}
	}

	private Mono<Void> leave(GroupingKey key, boolean delete, int status) {
		Group group;
		Sinks.Empty<Void> reopened;
		boolean clean = false;
		Mono<Void> settled = Mono.empty();
		synchronized (this.groups) {
			group = this.groups.get(key);
			if (group == null) {
				throw new IllegalStateException("a push has left twice");
			}
			reopened = note(group, key, delete, status);
			if (status == 400 && group.isClosed()) {
				settled = group.reopened().asMono().timeout(PATIENCE, Mono.empty());
			}
			if (group.leave()) {
				clean = group.isClosed();
				if (!clean) {
					this.groups.remove(key);
				}
			}
		}
		// Whoever waits goes on from here, so outside the lock.
		if (reopened != null) {
			reopened.tryEmitEmpty();
		}
		if (clean) {
			clean(key, group);
		}
		return settled;
	}

	private Sinks.@Nullable Empty<Void> note(Group group, GroupingKey key, boolean delete, int status) {
		long now = this.nanoClock.getAsLong();
		if (delete) {
			group.deleted();
			this.known.forget(key);
		}
		else if (status >= 200 && status < 300) {
			if (!group.isDeleted()) {
				this.known.remember(key, now);
			}
			return group.accepted();
		}
		else if (status == 400 && (group.isDeleted() || !this.known.remembers(key, now))) {
			group.refused();
		}
		return null;
	}

	// Removes the group if it is empty. This goes on when the client has left: the group
	// stays closed until it is known that nothing more will be removed.
	private void clean(GroupingKey key, Group group) {
		this.store.removeIfNeverPushed(key).doFinally((signal) -> reopen(key, group)).subscribe((none) -> {
		}, (ex) -> logger.warn("an empty group of a refused push may be left in Pushgateway: {}", ex.toString()));
	}

	private static Refusal stillClosed() {
		return Refusal.retryLater(503, Reason.UPSTREAM_SLOW,
				"Pushgateway is slow to clean up after a refused push to this group. Nothing was stored; push again in a few seconds.");
	}

	/**
	 * One push on its way through; it ends once, whatever comes together.
	 */
	private final class Visit {

		private final GroupingKey key;

		private final boolean delete;

		private boolean ended;

		Visit(GroupingKey key, boolean delete) {
			this.key = key;
			this.delete = delete;
		}

		Mono<Void> end(int status) {
			synchronized (this) {
				if (this.ended) {
					return Mono.empty();
				}
				this.ended = true;
			}
			return leave(this.key, this.delete, status);
		}

	}

}
