package io.monitoringstack.doorayadapter.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.TestMessages;
import io.monitoringstack.doorayadapter.routing.Channel;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;

/**
 * Sends a message that is marked as a test through the hook of a channel. Never through
 * another hook instead, the old one of a rotation included: that one was not to be
 * tested.
 */
@Profile("!watcher")
@Service
public class TestDeliveries {

	/** Between two tests of one channel: people read along. */
	static final Duration PAUSE = Duration.ofSeconds(10);

	private final KnownChannels channels;

	private final Hooks hooks;

	private final PerLanguage<TestMessages> messages;

	private final MessageSender sender;

	private final DeliveryMetrics metrics;

	private final DeliveryListeners listeners;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final Map<String, Long> nextAllowed = new ConcurrentHashMap<>();

	@Autowired
	TestDeliveries(KnownChannels channels, Hooks hooks, PerLanguage<TestMessages> messages, MessageSender sender,
			DeliveryMetrics metrics, DeliveryListeners listeners, Clock clock) {
		this(channels, hooks, messages, sender, metrics, listeners, clock, System::nanoTime);
	}

	TestDeliveries(KnownChannels channels, Hooks hooks, PerLanguage<TestMessages> messages, MessageSender sender,
			DeliveryMetrics metrics, DeliveryListeners listeners, Clock clock, LongSupplier nanoTime) {
		this.channels = channels;
		this.hooks = hooks;
		this.messages = messages;
		this.sender = sender;
		this.metrics = metrics;
		this.listeners = listeners;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	/**
	 * Sends a test.
	 * @param name channel to test
	 * @param deadline when to give up
	 * @return proof that Dooray took it
	 * @throws UnknownChannelException if there is no such channel
	 * @throws TooSoonException if the channel was tested a moment ago
	 * @throws DeliveryException if Dooray did not take it
	 */
	public TestReceipt deliver(String name, Deadline deadline)
			throws UnknownChannelException, TooSoonException, DeliveryException {
		String channel = Channel.normalise(name);
		if (!this.channels.names().contains(channel)) {
			throw new UnknownChannelException(this.channels.names());
		}
		takeTurn(channel);
		// Whoever rotates wants to know of the new URL, which the old one would hide.
		Hook hook = this.hooks.hookFor(channel).alone();
		DoorayMessage message = this.messages.of(hook).of(channel, hook.servedBy(), this.clock.instant());
		Parcel parcel = new Parcel(message, 0, false);
		long start = this.nanoTime.getAsLong();
		Outcome outcome = this.sender.send(hook, parcel, deadline);
		Duration took = Duration.ofNanos(this.nanoTime.getAsLong() - start);
		Outcome.Failed failed = (outcome instanceof Outcome.Failed failure) ? failure : null;
		this.listeners.ended(new DeliveryReport(DeliveryReport.Kind.TEST, channel, hook.servedBy(), "", 0, 0,
				(failed != null) ? DeliveryReport.Result.FAILED : DeliveryReport.Result.ACCEPTED,
				(failed != null) ? failed.reason() : null, outcome.attempts(), took));
		if (failed != null) {
			this.metrics.failed(hook.servedBy(), failed.reason(), took);
			throw new DeliveryException(failed.reason(), failed.retryAfter());
		}
		this.metrics.delivered(hook.servedBy(), took);
		return new TestReceipt(channel, hook.servedBy(), took.toMillis());
	}

	private void takeTurn(String channel) throws TooSoonException {
		long now = this.nanoTime.getAsLong();
		long next = now + PAUSE.toNanos();
		long allowed = this.nextAllowed.compute(channel,
				(name, before) -> (before == null || before - now <= 0) ? Long.valueOf(next) : before);
		if (allowed != next) {
			throw new TooSoonException(Duration.ofNanos(allowed - now));
		}
	}

	/**
	 * Proof that Dooray took a test.
	 *
	 * @param channel channel that was tested
	 * @param servedBy channel whose hook took it
	 * @param latencyMillis time it took, waiting for the hook included
	 */
	public record TestReceipt(String channel, String servedBy, long latencyMillis) {

	}

}
