package io.monitoringstack.doorayadapter.dooray;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.PerLanguage;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.GroupSummary;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import io.monitoringstack.doorayadapter.message.Notices;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that wait for one hook. One leaves at a time, with a pause after each
 * answer; it takes along as many groups as fit, critical ones first. Each request is
 * answered with the outcome of the message that told its group. Assumes that nobody else
 * posts to the hook.
 */
final class HookLine {

	/** Less is not worth a try: it would end in not knowing whether it was delivered. */
	static final Duration SHORTEST_TRY = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(HookLine.class);

	private final Way way;

	private final QueueProperties properties;

	private final Breaker breaker;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final TreeSet<Waiting> waiting = new TreeSet<>(Waiting.ORDER);

	private final Missed missed = new Missed();

	private final Storm storm;

	private boolean working;

	private long freeAt = System.nanoTime();

	private @Nullable Hook lastHook;

	HookLine(Way way, QueueProperties properties) {
		this.way = way;
		this.properties = properties;
		this.breaker = new Breaker(properties.breakerFailures(), properties.breakerPause());
		this.storm = new Storm(properties);
	}

	// Takes the message into the row. Who cannot be served in time is told at once, so
	// that it holds no memory.
	void add(Waiting one) {
		this.lock.lock();
		try {
			Duration closed = this.breaker.closedFor();
			if (!closed.isZero()) {
				fail(one, new Outcome.Failed(FailureReason.CIRCUIT_OPEN, closed));
				return;
			}
			Duration turn = Duration.ofNanos(Math.max(0, this.freeAt - System.nanoTime()));
			if (turn.compareTo(one.deadline().left().minus(SHORTEST_TRY)) > 0 || !this.way.memory().take(one)) {
				fail(one, new Outcome.Failed(FailureReason.HOOK_BUSY, turn));
				return;
			}
			this.waiting.add(one);
			this.lastHook = one.hook();
			if (!this.working) {
				this.working = true;
				this.way.executor().execute(this::work);
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Takes the message out of the row; returns whether it still was in it.
	boolean remove(Waiting one) {
		this.lock.lock();
		try {
			boolean there = this.waiting.remove(one);
			if (there) {
				this.way.memory().give(one);
			}
			return there;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void work() {
		try {
			Batch batch = next();
			while (batch != null) {
				send(batch);
				batch = next();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			stop(FailureReason.CANCELED);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Sending failed", ex);
			stop(FailureReason.CANCELED);
		}
	}

	private void stop(FailureReason reason) {
		this.lock.lock();
		try {
			this.working = false;
			this.waiting.forEach((one) -> {
				this.way.memory().give(one);
				fail(one, new Outcome.Failed(reason, Duration.ZERO));
			});
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Waits for what is to be sent next; nothing ends the work.
	private @Nullable Batch next() throws InterruptedException {
		this.lock.lock();
		try {
			while (true) {
				long now = System.nanoTime();
				dismissLate();
				if (this.waiting.isEmpty() && !this.storm.on()) {
					this.working = false;
					return null;
				}
				if (now - this.freeAt < 0) {
					this.changed.awaitNanos(untilNext(this.freeAt, now));
				}
				else if (!this.waiting.isEmpty()) {
					return compose(now);
				}
				else if (now - this.storm.quietAt() < 0) {
					this.changed.awaitNanos(this.storm.quietAt() - now);
				}
				else {
					Batch end = stormEnd(now);
					if (end != null) {
						return end;
					}
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private long untilNext(long moment, long now) {
		long wait = moment - now;
		for (Waiting one : this.waiting) {
			wait = Math.min(wait, Math.max(1, one.deadline().left().minus(SHORTEST_TRY).toNanos()));
		}
		return wait;
	}

	private void dismissLate() {
		this.waiting.removeIf((one) -> {
			boolean late = one.deadline().left().compareTo(SHORTEST_TRY) < 0;
			if (late) {
				this.way.memory().give(one);
				fail(one, new Outcome.Failed(FailureReason.HOOK_BUSY, this.way.pause()));
			}
			return late;
		});
	}

	private @Nullable Batch stormEnd(long now) {
		Notices.Storm ended = this.storm.ended(now);
		Hook hook = this.lastHook;
		if (ended == null || hook == null) {
			this.storm.forget();
			return null;
		}
		Notices notices = new Notices(false, ended, null);
		return new Batch(hook, List.of(), this.way.packers().of(hook).only(notices), notices, Waiting.Form.PACKED);
	}

	private Batch compose(long now) {
		Waiting first = this.waiting.first();
		List<Waiting> all = (first.form() == Waiting.Form.PACKED || first.form() == Waiting.Form.PACKED_PLAIN)
				? this.waiting.stream().filter((one) -> one.form() == first.form()).toList() : List.of(first);
		List<FormattedMessage> groups = all.stream()
			.map((one) -> one.parcel().formatted())
			.filter((formatted) -> formatted != null)
			.toList();
		long alerts = all.stream().mapToLong((one) -> one.parcel().alerts()).sum();
		boolean crowd = first.form() == Waiting.Form.PACKED && this.storm.crowd(groups.size(), alerts, now);
		Notices notices = new Notices(crowd && this.storm.beginsToBeTold(), crowd ? null : this.storm.ended(now),
				this.missed.besides(summaries(all), this.properties.outageAfter(), now));
		// Where channels with different languages share a hook, the most urgent one
		// decides.
		MessagePacker packer = this.way.packers().of(first.hook());
		DoorayMessage message;
		int told = all.size();
		if (crowd) {
			message = packer.digest(groups, notices);
		}
		else if (first.form() == Waiting.Form.PACKED) {
			MessagePacker.Packed packed = packer.pack(groups, notices);
			message = packed.message();
			told = packed.groups();
		}
		else if (first.form() == Waiting.Form.ALONE) {
			message = packer.with(first.parcel().message(), notices);
		}
		else {
			message = packer.plain(groups, notices);
		}
		List<Waiting> taken = List.copyOf(all.subList(0, told));
		taken.forEach(this.waiting::remove);
		return new Batch(first.hook(), taken, message, notices, first.form());
	}

	private void send(Batch batch) throws InterruptedException {
		Duration closed = this.breaker.closedFor();
		if (!closed.isZero()) {
			end(batch, new Outcome.Failed(FailureReason.CIRCUIT_OPEN, closed));
			return;
		}
		Outcome outcome = new Outcome.Failed(FailureReason.CANCELED, Duration.ZERO);
		try {
			batch.taken().forEach(this.way.meters()::leaves);
			outcome = post(batch);
		}
		finally {
			this.breaker.became(outcome);
			rest((outcome instanceof Outcome.Failed failed) ? failed.retryAfter() : Duration.ZERO);
			end(batch, outcome);
		}
	}

	private Outcome post(Batch batch) throws InterruptedException {
		Duration limit = this.way.readTimeout();
		int alerts = 0;
		for (Waiting one : batch.taken()) {
			Duration left = one.deadline().left();
			limit = (left.compareTo(limit) < 0) ? left : limit;
			alerts += one.parcel().alerts();
			one.attempted();
		}
		DoorayClient.Post post = new DoorayClient.Post(batch.hook(), this.way.json().writeValueAsBytes(batch.message()),
				alerts);
		if (batch.taken().isEmpty()) {
			return this.way.client().post(post, limit);
		}
		Scope webhook = batch.taken().get(0).context().makeCurrent();
		try {
			return this.way.client().post(post, limit);
		}
		finally {
			webhook.close();
		}
	}

	private void rest(Duration asked) {
		this.lock.lock();
		try {
			Duration pause = this.way.pause();
			this.freeAt = System.nanoTime() + ((asked.compareTo(pause) > 0) ? asked : pause).toNanos();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(Batch batch, Outcome outcome) {
		this.lock.lock();
		try {
			if (outcome instanceof Outcome.Failed failed) {
				if (batch.taken().isEmpty()) {
					// The end of a storm is not worth a second try.
					this.storm.forget();
				}
				batch.taken().forEach((one) -> failed(one, failed, batch));
				return;
			}
			this.storm.accepted(batch.notices(), batch.taken().size());
			if (batch.notices().missed() != null) {
				this.missed.clear();
			}
			summaries(batch.taken()).forEach(this.missed::told);
			this.way.meters().accepted(batch);
			batch.taken().forEach((one) -> {
				this.way.memory().give(one);
				one.end(outcome);
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(Waiting one, Outcome.Failed failed, Batch batch) {
		Waiting.Form next = (failed.reason() == FailureReason.CLIENT_ERROR) ? lesser(one, batch) : null;
		if (next != null) {
			one.next(next);
		}
		if (next == null && !worthSecondTry(one, failed)) {
			this.way.memory().give(one);
			fail(one, failed);
			return;
		}
		this.waiting.add(one);
	}

	// Perhaps a limit nobody has written down: the bare facts may still pass. Perhaps one
	// group is to blame: the others may still pass.
	private static Waiting.@Nullable Form lesser(Waiting one, Batch batch) {
		if (one.parcel().formatted() == null) {
			return null;
		}
		boolean several = batch.taken().size() > 1;
		return switch (one.form()) {
			case PACKED -> several ? Waiting.Form.PACKED_PLAIN : Waiting.Form.ALONE_PLAIN;
			case PACKED_PLAIN -> several ? Waiting.Form.ALONE : null;
			case ALONE -> Waiting.Form.ALONE_PLAIN;
			case ALONE_PLAIN -> null;
		};
	}

	private boolean worthSecondTry(Waiting one, Outcome.Failed failed) {
		Duration pause = this.way.pause();
		Duration rest = (failed.retryAfter().compareTo(pause) > 0) ? failed.retryAfter() : pause;
		boolean mayMend = switch (failed.reason()) {
			case CONNECT_ERROR, SERVER_ERROR, RATE_LIMITED -> true;
			default -> false;
		};
		return mayMend && one.attempts() < 2 && one.deadline().left().compareTo(rest.plus(SHORTEST_TRY)) >= 0;
	}

	private void fail(Waiting one, Outcome.Failed failed) {
		FormattedMessage formatted = one.parcel().formatted();
		if (failed.reason().temporary() && formatted != null && formatted.summary() != null) {
			this.missed.add(formatted.summary(), System.nanoTime());
		}
		one.end(failed);
	}

	private static List<GroupSummary> summaries(List<Waiting> waiting) {
		List<GroupSummary> summaries = new ArrayList<>();
		for (Waiting one : waiting) {
			FormattedMessage formatted = one.parcel().formatted();
			if (formatted != null && formatted.summary() != null) {
				summaries.add(formatted.summary());
			}
		}
		return summaries;
	}

	int waiting() {
		this.lock.lock();
		try {
			return this.waiting.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	double oldestSeconds() {
		this.lock.lock();
		try {
			long now = System.nanoTime();
			return this.waiting.stream().mapToLong((one) -> now - one.since()).max().orElse(0)
					/ (double) TimeUnit.SECONDS.toNanos(1);
		}
		finally {
			this.lock.unlock();
		}
	}

	int breakerState() {
		return this.breaker.state();
	}

	boolean storm() {
		this.lock.lock();
		try {
			return this.storm.on();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * One message and those who wait for its outcome.
	 *
	 * @param hook where to
	 * @param taken who waits
	 * @param message what
	 * @param notices what it tells besides
	 * @param form its form
	 */
	record Batch(Hook hook, List<Waiting> taken, DoorayMessage message, Notices notices, Waiting.Form form) {

	}

	/**
	 * What all lines share.
	 *
	 * @param client posts
	 * @param json writes messages
	 * @param packers put groups together
	 * @param readTimeout time to wait for an answer
	 * @param pause time between an answer and the next message
	 * @param memory bounds what waits
	 * @param meters counts
	 * @param executor runs the lines that have work
	 */
	record Way(DoorayClient client, tools.jackson.databind.ObjectMapper json, PerLanguage<MessagePacker> packers,
			Duration readTimeout, Duration pause, QueueMemory memory, QueueMeters meters, Executor executor) {

	}

}
