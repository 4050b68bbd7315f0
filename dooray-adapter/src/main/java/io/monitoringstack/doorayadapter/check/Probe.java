package io.monitoringstack.doorayadapter.check;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.delivery.KnownChannels;
import io.monitoringstack.doorayadapter.delivery.MessageSender;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.Parcel;
import io.monitoringstack.doorayadapter.message.DoorayAttachment;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.routing.Channel;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Learns from a real hook what Dooray does not write down: the largest message, the most
 * attachments, what becomes of haste. Sends numbered messages, because Dooray drops some
 * without a word: what arrived, only a reader can tell.
 */
@Profile("check")
@Component
class Probe {

	/** Between messages that are not about haste. */
	private static final Duration PAUSE = Duration.ofMillis(1200);

	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private static final List<Integer> KILOBYTES = List.of(1, 2, 4, 8, 16, 32, 64);

	private static final List<Integer> ATTACHMENTS = List.of(5, 10, 15, 20, 30, 50);

	private static final int BURST = 5;

	private final KnownChannels channels;

	private final Hooks hooks;

	private final MessageSender sender;

	private final Duration pause;

	@Autowired
	Probe(KnownChannels channels, Hooks hooks, MessageSender sender) {
		this(channels, hooks, sender, PAUSE);
	}

	Probe(KnownChannels channels, Hooks hooks, MessageSender sender, Duration pause) {
		this.channels = channels;
		this.hooks = hooks;
		this.sender = sender;
		this.pause = pause;
	}

	/**
	 * Probes the hook of a channel, or tells what it would send.
	 * @param name the channel
	 * @param sure whether to send
	 * @param out where to tell
	 * @return what is wrong
	 */
	List<String> run(String name, boolean sure, PrintStream out) {
		String channel = Channel.normalise(name);
		if (!this.channels.names().contains(channel)) {
			return List.of("There is no such channel. Channels: " + String.join(", ", this.channels.names()));
		}
		List<Step> steps = steps();
		if (!sure) {
			out.printf("Probe of %s: with --yes these %d messages are sent, marked as a test.%n", channel,
					steps.size());
			steps.forEach((step) -> out.printf("  %2d  %s%n", step.number(), step.what()));
			return List.of();
		}
		out.printf("Probe of %s%n", channel);
		Hook hook = this.hooks.hookFor(channel);
		List<Step> accepted = new ArrayList<>();
		for (Step step : steps) {
			if (!step.hasty()) {
				sleep(this.pause);
			}
			Outcome outcome = this.sender.send(hook, new Parcel(step.message(), 0, false), Deadline.after(PATIENCE));
			String answer = (outcome instanceof Outcome.Failed failed) ? failed.reason().label() : "accepted";
			out.printf("  %2d  %-38s %s%n", step.number(), step.what(), answer);
			if (outcome instanceof Outcome.Accepted) {
				accepted.add(step);
			}
		}
		suggest(accepted, out);
		return accepted.isEmpty() ? List.of("Dooray took none of them.") : List.of();
	}

	private static void suggest(List<Step> accepted, PrintStream out) {
		int kilobytes = accepted.stream().mapToInt(Step::kilobytes).max().orElse(0);
		int attachments = accepted.stream().mapToInt(Step::attachments).max().orElse(0);
		out.println("Look into the channel: a number that is missing there was dropped, whatever the answer said.");
		out.println("If all that were accepted are there and none is cut:");
		if (kilobytes > 0) {
			out.printf("  NOTIFY_MAXMESSAGESIZE=%dKB%n", kilobytes);
		}
		if (attachments > 0) {
			out.printf("  NOTIFY_MAXATTACHMENTS=%d%n", attachments);
		}
		out.println("  DOORAY_MININTERVAL=1100ms, and less only if none of the hasty ones is missing");
	}

	private static List<Step> steps() {
		List<Step> steps = new ArrayList<>();
		for (int kilobytes : KILOBYTES) {
			steps.add(new Step(steps.size() + 1, kilobytes, 0, false));
		}
		for (int attachments : ATTACHMENTS) {
			steps.add(new Step(steps.size() + 1, 0, attachments, false));
		}
		for (int i = 0; i < BURST; i++) {
			steps.add(new Step(steps.size() + 1, 0, 0, i > 0));
		}
		return steps;
	}

	private static void sleep(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("The probe was interrupted", ex);
		}
	}

	/**
	 * One message of the probe.
	 *
	 * @param number shown in it
	 * @param kilobytes size of its text in UTF-8, zero when it is not about size
	 * @param attachments number of its attachments
	 * @param hasty whether it follows the one before without a pause
	 */
	record Step(int number, int kilobytes, int attachments, boolean hasty) {

		private static final String BOT_NAME = "dooray-adapter";

		/** Three bytes, as Korean has. */
		private static final String FILLER = "가";

		String what() {
			if (this.kilobytes > 0) {
				return "%d KB in one message".formatted(this.kilobytes);
			}
			if (this.attachments > 0) {
				return "%d attachments".formatted(this.attachments);
			}
			return this.hasty ? "at once after the one before" : "after a pause, first of the hasty ones";
		}

		DoorayMessage message() {
			String head = "[시험] TEST %d · %s".formatted(this.number, what());
			String end = " · end of %d".formatted(this.number);
			int filler = Math.max(0, this.kilobytes * 1024 - head.length() - end.length() - 120) / 3;
			List<DoorayAttachment> boxes = IntStream.rangeClosed(1, this.attachments)
				.mapToObj((i) -> new DoorayAttachment("%d / %d".formatted(i, this.attachments), null, null, "#757575"))
				.toList();
			return new DoorayMessage(BOT_NAME, head + ((filler > 0) ? " " + FILLER.repeat(filler) + end : ""),
					boxes.isEmpty() ? null : boxes);
		}

	}

}
