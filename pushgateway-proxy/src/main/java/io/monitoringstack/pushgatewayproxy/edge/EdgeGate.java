package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.Decision;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import io.monitoringstack.pushgatewayproxy.index.MetricIndex;
import io.monitoringstack.pushgatewayproxy.index.Preview;
import io.monitoringstack.pushgatewayproxy.index.Reservation;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The way of a push that is checked here: wait for its turn in the group, reserve what it
 * changes, send it, and settle the reservation by what became of it.
 * <p>
 * A push whose turn has come is carried out even if its client leaves, so that its end is
 * always known. A refusal that rests on the index is sent only after Pushgateway was seen
 * to be the one the index is about. If the answer to a push is lost, its group stays
 * closed until Pushgateway was asked what it holds.
 */
public final class EdgeGate implements PushPreview {

	private static final Logger logger = LoggerFactory.getLogger(EdgeGate.class);

	/** Pushes give up waiting for each other, or for the index, after this time. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** Java clients give up after ten seconds. */
	private static final Duration ANSWER = Duration.ofSeconds(9);

	/**
	 * Far more than Pushgateway needs unless it is overloaded. A page that is behind
	 * helps more than none.
	 */
	private static final Duration READ_PATIENCE = Duration.ofSeconds(2);

	/** How often a push is decided anew before it is told to come back. */
	private static final int ROUNDS = 10;

	/**
	 * A request that was broken off may still be on its way inside Pushgateway. It needs
	 * far less than this from there to its queue.
	 */
	private static final Duration SETTLING = Duration.ofSeconds(1);

	/** Some ten megabytes. */
	private static final int MAX_OWNED_FAMILIES = 100_000;

	/** A push that is only tried sends nothing. */
	private static final StoreRequest NOTHING = new StoreRequest("POST", "", List.of(), new byte[0], 0);

	private final PushStore store;

	private final IndexKeeper keeper;

	private final GroupTurns turns;

	private final ReadBarrier barrier;

	private final Owners owners = new Owners(MAX_OWNED_FAMILIES);

	private final Replay replay;

	private final AcceptedPushes accepted;

	public EdgeGate(PushStore store, int maxSeries) {
		this(store, maxSeries, 0, System::currentTimeMillis);
	}

	/**
	 * Creates a gate.
	 * @param store the Pushgateway
	 * @param maxSeries most series that may be in it
	 * @param replayBytes most memory for what to send again to a Pushgateway that was
	 * started anew, 0 for sending nothing again
	 * @param millis clock, milliseconds since 1970
	 */
	public EdgeGate(PushStore store, int maxSeries, long replayBytes, LongSupplier millis) {
		this.store = store;
		this.accepted = new AcceptedPushes(replayBytes, millis);
		this.replay = new Replay(store, this.accepted);
		this.keeper = new IndexKeeper(store, maxSeries, PATIENCE, this.replay);
		this.turns = new GroupTurns(PATIENCE);
		this.barrier = new ReadBarrier(store.drain().timeout(READ_PATIENCE), READ_PATIENCE);
	}

	public void start() {
		this.keeper.start();
	}

	public void stop() {
		this.keeper.stop();
	}

	/**
	 * Checks a push and sends it on.
	 * @param push what it changes
	 * @param request what to send
	 * @return the answer of Pushgateway; fails if the push is refused
	 */
	public Mono<StoreAnswer> push(GroupPush push, StoreRequest request) {
		return inTurn(push.key(), (turn) -> decide(push, request, null, turn, ROUNDS));
	}

	/**
	 * Checks a push and sends it on, as one of several sources.
	 * @param push what it changes
	 * @param request what to send, as a POST
	 * @param owned who pushes, and whether what the same source pushed before goes
	 * @return the answer of Pushgateway; fails if the push is refused
	 */
	public Mono<StoreAnswer> push(GroupPush push, StoreRequest request, OwnedPush owned) {
		return inTurn(push.key(), (turn) -> decide(push, request, owned, turn, ROUNDS));
	}

	/**
	 * Tells what a push would do, in its turn, so that it sees what the pushes before it
	 * do.
	 * @param push what it would change
	 * @param owned who pushes, where that matters
	 * @return what would come of it
	 */
	@Override
	public Mono<Preview> preview(GroupPush push, @Nullable OwnedPush owned) {
		return inTurn(push.key(), (turn) -> foresee(push, owned, ROUNDS));
	}

	/**
	 * Sends a delete on.
	 * @param key the group
	 * @param request what to send
	 * @return the answer of Pushgateway
	 */
	public Mono<StoreAnswer> delete(GroupingKey key, StoreRequest request) {
		return inTurn(key,
				(turn) -> this.keeper.known()
					.flatMap((known) -> send(known, known.index().reserveDelete(key), request, turn)
						.flatMap((answer) -> deleted(known, key, answer)))
					.onErrorResume(EdgeGate::isRestart, (ex) -> deleteUnseen(key, request))
					// A delete contradicts nothing, so it may pass while there is no
					// index.
					.onErrorResume(EdgeGate::isNotReady, (ex) -> deleteUnseen(key, request)));
	}

	/**
	 * Deletes a group when its turn comes, if it is still to go then.
	 * @param key the group
	 * @param still whether it is
	 * @return whether it was deleted
	 */
	public Mono<Boolean> deleteIf(GroupingKey key, BooleanSupplier still) {
		return inTurn(key, (turn) -> still.getAsBoolean() ? deleteNow(key, turn) : Mono.just(false));
	}

	private Mono<Boolean> deleteNow(GroupingKey key, GroupTurns.Turn turn) {
		return this.keeper.known()
			.flatMap((known) -> settle(known, known.index().reserveDelete(key),
					this.store.sendDelete(key, known.startTime()), turn)
				.flatMap((answer) -> deleted(known, key, answer)))
			.map(StoreAnswer::isSuccess)
			.onErrorMap(StoreFailure.class, StoreFailure::forCaller);
	}

	private Mono<StoreAnswer> deleted(KnownStore known, GroupingKey key, StoreAnswer answer) {
		if (!answer.isSuccess()) {
			return Mono.just(answer);
		}
		this.owners.forget(key);
		this.accepted.deleted(key);
		return isGone(known) ? Mono.error(new StoreFailure(StoreFailure.Kind.RESTARTED, null, null))
				: Mono.just(answer);
	}

	/**
	 * Notes that a push was refused for what it holds, as Pushgateway does in a group
	 * that exists.
	 * @param key the group
	 * @return completes when that is done, or takes too long
	 */
	public Mono<Void> noteFailure(GroupingKey key) {
		// The caller need not wait for an index that is being built, the note does.
		return inTurn(key,
				(turn) -> this.keeper.known()
					.flatMap((known) -> markFailed(known, key, turn))
					.retryWhen(Retry.max(ROUNDS).filter((ex) -> isRestart(ex) || isNotReady(ex))))
			.timeout(PATIENCE)
			.onErrorComplete()
			.then();
	}

	/**
	 * Waits until a read sees everything that was accepted before it, but not for long.
	 * @return whether it does
	 */
	public Mono<Boolean> stored() {
		return this.barrier.stored();
	}

	public long staleReads() {
		return this.barrier.staleReads();
	}

	public boolean isReady() {
		return this.keeper.knownNow() != null;
	}

	public boolean isScrapeHealthy() {
		return this.keeper.isScrapeHealthy();
	}

	public long indexBuilds() {
		return this.keeper.builds();
	}

	/**
	 * Groups that make the scrape fail and were not pushed through here.
	 * @return the groups, as far as they were found
	 */
	public Set<GroupingKey> intruders() {
		return this.keeper.intruders();
	}

	public int series() {
		KnownStore known = this.keeper.knownNow();
		return (known != null) ? known.index().series() : 0;
	}

	/**
	 * Families of which it is known who pushed them last.
	 * @return their number
	 */
	public int ownedFamilies() {
		return this.owners.families();
	}

	/**
	 * Families whose owner was forgotten because there were too many.
	 * @return their number so far
	 */
	public long forgottenFamilies() {
		return this.owners.forgotten();
	}

	/**
	 * Memory of what would be sent again to a Pushgateway that is started anew.
	 * @return bytes
	 */
	public long replayBytes() {
		return this.accepted.bytes();
	}

	/**
	 * Groups in Pushgateway that a crash may take something from, because not all of what
	 * they hold is kept here.
	 * @return their number
	 */
	public int groupsLeftOut() {
		return Math.max(0, groups() - this.accepted.wholeGroups());
	}

	/**
	 * Groups that were sent again.
	 * @return their number so far
	 */
	public long replayedGroups() {
		return this.replay.replayed();
	}

	/**
	 * Pushes that Pushgateway did not take again.
	 * @return their number so far
	 */
	public long replayRefused() {
		return this.replay.refused();
	}

	public int groups() {
		KnownStore known = this.keeper.knownNow();
		return (known != null) ? known.index().groups() : 0;
	}

	private <T> Mono<T> inTurn(GroupingKey key, Function<GroupTurns.Turn, Mono<T>> work) {
		Mono<T> whole = this.turns.next(key)
			.flatMap((turn) -> Mono.defer(() -> work.apply(turn)).doFinally((signal) -> turn.end()));
		return Mono.deferContextual((context) -> Mono.fromFuture(whole.contextWrite(context).toFuture(), true)
			.timeout(ANSWER, Mono.error(() -> tooLong().asException())));
	}

	private Mono<StoreAnswer> decide(GroupPush push, StoreRequest request, @Nullable OwnedPush owned,
			GroupTurns.Turn turn, int rounds) {
		if (rounds == 0) {
			return Mono.error(undecided().asException());
		}
		Mono<StoreAnswer> again = Mono.defer(() -> decide(push, request, owned, turn, rounds - 1));
		return this.keeper.known().flatMap((known) -> {
			PushPlan plan = plan(known, push, request, owned);
			Decision decision = known.index().reserve(plan.push());
			if (decision instanceof Reservation reservation) {
				return carryOut(known, reservation, plan, owned, turn, again).onErrorResume(EdgeGate::isRestart,
						(ex) -> again);
			}
			if (decision instanceof Decision.Undecided undecided) {
				return settled(undecided).then(again);
			}
			return refuse(known, push.key(), ((Decision.Refused) decision).refusal(), turn, again);
		});
	}

	private PushPlan plan(KnownStore known, GroupPush push, StoreRequest request, @Nullable OwnedPush owned) {
		return (owned == null || !owned.put()) ? PushPlan.asItIs(push, request)
				: PushPlan.ownedPut(push, request, owned, known.index().held(push.key()), this.owners);
	}

	private Mono<StoreAnswer> carryOut(KnownStore known, Reservation reservation, PushPlan plan,
			@Nullable OwnedPush owned, GroupTurns.Turn turn, Mono<StoreAnswer> again) {
		long now = this.accepted.now();
		if (owned == null) {
			return send(known, reservation, plan.request(), turn).flatMap(
					(answer) -> remember(known, plan.push(), plan.request(), now, answer) ? again : Mono.just(answer));
		}
		Mono<StoreAnswer> sent = this.store.send(plan.request(), known.startTime()).doOnNext((answer) -> {
			if (answer.isSuccess()) {
				note(plan, owned.source());
			}
			else if (answer.status() >= 500) {
				noteUnsure(known, plan, owned.source());
			}
		}).doOnError((ex) -> {
			if (!(ex instanceof StoreFailure failure) || failure.kind() == StoreFailure.Kind.UNKNOWN) {
				noteUnsure(known, plan, owned.source());
			}
		});
		return settle(known, reservation, sent, turn).flatMap((answer) -> {
			if (remember(known, plan.push(), plan.request(), now, answer)) {
				return again;
			}
			return (answer.isSuccess() && !plan.left().isEmpty()) ? empty(known, plan, turn, again) : Mono.just(answer);
		});
	}

	// Takes in what was accepted, before its client hears of it. Tells whether it was
	// accepted by a Pushgateway that is gone, and so may have come too late to be sent
	// again with the rest.
	private boolean remember(KnownStore known, GroupPush push, StoreRequest request, long sent, StoreAnswer answer) {
		if (!answer.isSuccess() || !this.accepted.isOn()) {
			return false;
		}
		this.accepted.accepted(push.key(), request, names(push.families()), push.replace(),
				names(known.index().held(push.key())), sent);
		return isGone(known);
	}

	private boolean isGone(KnownStore known) {
		return this.accepted.isOn() && this.keeper.knownNow() != known;
	}

	private static List<String> names(List<HeldFamily> families) {
		return families.stream().map(HeldFamily::name).toList();
	}

	private void note(PushPlan plan, String source) {
		GroupingKey key = plan.push().key();
		if (plan.push().replace()) {
			this.owners.forget(key);
		}
		this.owners.dropped(key, plan.emptied());
		this.owners.pushed(key, source, plan.brought());
	}

	// If the push was stored all the same, the next PUT of its source must find what it
	// brought. What the group had before stays with who pushed that.
	private void noteUnsure(KnownStore known, PushPlan plan, String source) {
		GroupingKey key = plan.push().key();
		Set<String> held = known.index()
			.held(key)
			.stream()
			.filter((family) -> family.series().length > 0)
			.map(HeldFamily::name)
			.collect(Collectors.toSet());
		this.owners.pushed(key, source,
				plan.brought().stream().filter((family) -> !held.contains(family.name())).toList());
	}

	// The body is stored. What the source pushed before and no longer pushes stays its
	// own until it is emptied, so that the same push mends a failure.
	private Mono<StoreAnswer> empty(KnownStore known, PushPlan plan, GroupTurns.Turn turn, Mono<StoreAnswer> again) {
		GroupingKey key = plan.push().key();
		return Mono.defer(() -> {
			if (this.keeper.knownNow() != known) {
				return again;
			}
			long now = this.accepted.now();
			StoreRequest emptying = PushPlan.emptying(plan.request(), plan.left());
			GroupPush change = new GroupPush(key, plan.left(), false, null);
			return send(known, known.index().reserveEmptied(key, plan.left()), emptying, turn).flatMap((answer) -> {
				if (!answer.isSuccess()) {
					return Mono.error(halfDone().asException());
				}
				this.owners.dropped(key, plan.left());
				return remember(known, change, emptying, now, answer) ? again : Mono.just(answer);
			}).onErrorMap((ex) -> !isRestart(ex), (ex) -> halfDone().asException());
		});
	}

	private Mono<Preview> foresee(GroupPush push, @Nullable OwnedPush owned, int rounds) {
		if (rounds == 0) {
			return Mono.error(undecided().asException());
		}
		Mono<Preview> again = Mono.defer(() -> foresee(push, owned, rounds - 1));
		return this.keeper.known().flatMap((known) -> {
			PushPlan plan = plan(known, push, NOTHING, owned);
			Preview preview = known.index().preview(plan.push(), plan.left());
			if (preview.obstacle() instanceof Decision.Undecided undecided) {
				return settled(undecided).then(again);
			}
			return this.store.status().onErrorMap(StoreFailure.class, StoreFailure::forCaller).flatMap((status) -> {
				if (status.startTime().equals(known.startTime())) {
					return Mono.just(preview);
				}
				this.keeper.outdated(known);
				return again;
			});
		});
	}

	private static Mono<Void> settled(Decision.Undecided undecided) {
		return Mono.fromFuture(undecided.settled(), true)
			.timeout(PATIENCE)
			.onErrorMap(TimeoutException.class, (ex) -> undecided().asException());
	}

	private Mono<StoreAnswer> refuse(KnownStore known, GroupingKey key, Refusal refusal, GroupTurns.Turn turn,
			Mono<StoreAnswer> again) {
		return this.store.status().onErrorMap(StoreFailure.class, StoreFailure::forCaller).flatMap((status) -> {
			if (!status.startTime().equals(known.startTime())) {
				this.keeper.outdated(known);
				return again;
			}
			if (refusal.reason() == Reason.STORE_FULL) {
				return Mono.error(refusal.asException());
			}
			return markFailed(known, key, turn).then(Mono.<StoreAnswer>error(refusal.asException()))
				.onErrorResume(EdgeGate::isRestart, (ex) -> again);
		});
	}

	private Mono<StoreAnswer> markFailed(KnownStore known, GroupingKey key, GroupTurns.Turn turn) {
		Reservation reservation = known.index().reserveFailure(key);
		if (reservation == null) {
			return Mono.empty();
		}
		return settle(known, reservation, this.store.sendFailure(key, known.startTime()), turn)
			.onErrorResume((ex) -> !isRestart(ex), (ex) -> Mono.empty());
	}

	private Mono<StoreAnswer> send(KnownStore known, Reservation reservation, StoreRequest request,
			GroupTurns.Turn turn) {
		return settle(known, reservation, this.store.send(request, known.startTime()), turn);
	}

	private Mono<StoreAnswer> settle(KnownStore known, Reservation reservation, Mono<StoreAnswer> sent,
			GroupTurns.Turn turn) {
		return sent.doOnNext((answer) -> {
			if (answer.status() >= 500) {
				// Nobody knows at what point it failed.
				askLater(known, reservation, turn);
			}
			else if (answer.isSuccess()) {
				this.barrier.written();
				reservation.commit();
			}
			else {
				reservation.undo();
			}
		}).onErrorResume((ex) -> {
			StoreFailure.Kind kind = (ex instanceof StoreFailure failure) ? failure.kind() : StoreFailure.Kind.UNKNOWN;
			if (kind == StoreFailure.Kind.UNKNOWN) {
				askLater(known, reservation, turn);
			}
			else {
				reservation.undo();
			}
			if (kind == StoreFailure.Kind.RESTARTED) {
				this.keeper.outdated(known);
				return Mono.error(ex);
			}
			return Mono.error((ex instanceof StoreFailure failure) ? failure.forCaller() : ex);
		});
	}

	private Mono<StoreAnswer> deleteUnseen(GroupingKey key, StoreRequest request) {
		return this.store.status().flatMap((status) -> {
			// Before it is sent, so that the group is not sent again behind it.
			this.accepted.deleted(key);
			return this.store.send(request, status.startTime());
		}).doOnNext((answer) -> {
			this.barrier.written();
			this.keeper.deletedUnseen(key);
			this.owners.forget(key);
		}).onErrorMap(StoreFailure.class, StoreFailure::forCaller);
	}

	// Keeps the group closed until Pushgateway has said what it holds, or is another run.
	private void askLater(KnownStore known, Reservation reservation, GroupTurns.Turn turn) {
		turn.keep();
		logger.warn("the answer to a push was lost, its group is closed until it was read: {}",
				MetricIndex.describe(reservation.key()));
		Mono.delay(SETTLING)
			.then(Mono.defer(() -> ask(known, reservation)))
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, SETTLING))
			.doFinally((signal) -> turn.endKept())
			.subscribe();
	}

	private Mono<Void> ask(KnownStore known, Reservation reservation) {
		if (this.keeper.knownNow() != known) {
			// The index that is built now will know.
			return Mono.fromRunnable(reservation::undo);
		}
		List<HeldFamily> found = new ArrayList<>();
		return this.store.drain().then(this.store.readGroups((key, families) -> {
			if (key.equals(reservation.key())) {
				found.addAll(families);
			}
		})).then(this.store.status()).doOnNext((status) -> {
			if (!status.startTime().equals(known.startTime())) {
				this.keeper.outdated(known);
				throw new IllegalStateException("started anew meanwhile");
			}
			this.barrier.written();
			reservation.settle(found);
		}).then();
	}

	private static boolean isRestart(Throwable ex) {
		return ex instanceof StoreFailure failure && failure.kind() == StoreFailure.Kind.RESTARTED;
	}

	private static boolean isNotReady(Throwable ex) {
		return ex instanceof RefusedException refused && refused.refusal().reason() == Reason.INDEX_NOT_READY;
	}

	private static Refusal tooLong() {
		return Refusal.retryLater(504, Reason.UPSTREAM_SLOW,
				"The push took too long. Whether it was stored is not known; pushing the same again does no harm.");
	}

	private static Refusal halfDone() {
		return Refusal.retryLater(503, Reason.UPSTREAM_ERROR,
				"The push was stored, but what this source pushed before and no longer pushes could not be removed. Push the same again in a few seconds.");
	}

	private static Refusal undecided() {
		return Refusal.retryLater(503, Reason.UPSTREAM_SLOW,
				"Whether the push contradicts another one depends on how that one ends, which took too long. Nothing was stored; push again in a few seconds.");
	}

}
