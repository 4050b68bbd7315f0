package io.monitoringstack.doorayadapter.dooray;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.MessageSender;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.Parcel;
import io.monitoringstack.doorayadapter.delivery.PerLanguage;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import tools.jackson.databind.ObjectMapper;

/**
 * Puts each message into the line of its hook and waits for what becomes of it. Channels
 * that share a hook share its line. What may have been delivered is not sent again here:
 * Alertmanager decides that. Of two URLs of a hook the old one is for what Dooray refuses
 * for good through the new one.
 */
final class PackingSender implements MessageSender, AutoCloseable {

	/** The line answers in time by itself; this is for the case that it does not. */
	private static final Duration GRACE = Duration.ofMillis(250);

	private final QueueProperties queue;

	private final HookLine.Way way;

	private final Map<URI, HookLine> lines = new ConcurrentHashMap<>();

	private final Map<String, HookLine> byChannel = new ConcurrentHashMap<>();

	private final Rotations rotations;

	private final AtomicLong numbers = new AtomicLong();

	private final ExecutorService executor;

	PackingSender(DoorayClient client, ObjectMapper json, PerLanguage<MessagePacker> packers,
			DoorayProperties properties, QueueProperties queue, MeterRegistry registry, Set<String> channels) {
		this.queue = queue;
		this.executor = Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "hook-line");
			thread.setDaemon(true);
			return thread;
		});
		QueueMemory memory = new QueueMemory(queue.maxQueueSize().toBytes());
		QueueMeters meters = new QueueMeters(registry, channels);
		this.way = new HookLine.Way(client, json, packers, properties.readTimeout(), properties.minInterval(), memory,
				meters, this.executor);
		this.rotations = new Rotations(registry, channels);
		meters.watch(channels, this.byChannel::get, memory);
	}

	@Override
	public Outcome send(Hook hook, Parcel parcel, Deadline deadline) {
		Outcome outcome = sendTo(hook, parcel, deadline);
		if (outcome instanceof Outcome.Accepted) {
			this.rotations.done(hook);
		}
		if (hook.previous() == null || !(outcome instanceof Outcome.Failed refused) || refused.reason().temporary()) {
			return outcome;
		}
		Outcome before = sendTo(hook.before(), parcel, deadline);
		if (before instanceof Outcome.Accepted) {
			this.rotations.pending(hook, refused.reason());
		}
		return before.after(refused.attempts() + before.attempts());
	}

	private Outcome sendTo(Hook hook, Parcel parcel, Deadline deadline) {
		HookLine line = this.lines.computeIfAbsent(hook.url(), (url) -> new HookLine(this.way, this.queue));
		this.byChannel.put(hook.servedBy(), line);
		Waiting one = new Waiting(this.numbers.incrementAndGet(), hook, parcel, deadline);
		line.add(one);
		try {
			return one.outcome().get(deadline.left().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			boolean never = line.remove(one) && one.attempts() == 0;
			return new Outcome.Failed(never ? FailureReason.HOOK_BUSY : FailureReason.NO_ANSWER, Duration.ZERO,
					one.attempts());
		}
		catch (InterruptedException ex) {
			line.remove(one);
			Thread.currentThread().interrupt();
			return new Outcome.Failed(FailureReason.CANCELED, Duration.ZERO, one.attempts());
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("No outcome is an exception", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
