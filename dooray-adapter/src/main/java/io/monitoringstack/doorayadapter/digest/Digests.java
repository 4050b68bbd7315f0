package io.monitoringstack.doorayadapter.digest;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.monitoringstack.doorayadapter.delivery.Deadline;
import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.delivery.MessageSender;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.delivery.Parcel;
import io.monitoringstack.doorayadapter.delivery.PerLanguage;
import io.monitoringstack.doorayadapter.message.DigestFacts;
import io.monitoringstack.doorayadapter.message.DigestMessages;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.privacy.PrivacyFilter;

/**
 * Puts a digest together and tells it.
 */
final class Digests {

	private static final Duration DELIVERY = Duration.ofSeconds(10);

	private final String channel;

	private final AlertmanagerApi alertmanager;

	private final ToldCounts counts;

	private final Hooks hooks;

	private final MessageSender sender;

	private final PerLanguage<DigestMessages> messages;

	private final PrivacyFilter privacy;

	private final Clock clock;

	Digests(String channel, AlertmanagerApi alertmanager, ToldCounts counts, Hooks hooks, MessageSender sender,
			PerLanguage<DigestMessages> messages, PrivacyFilter privacy, Clock clock) {
		this.channel = channel;
		this.alertmanager = alertmanager;
		this.counts = counts;
		this.hooks = hooks;
		this.sender = sender;
		this.messages = messages;
		this.privacy = privacy;
		this.clock = clock;
	}

	// Writes the digest as it would be told now, and tells nothing.
	Preview preview() {
		Hook hook = this.hooks.hookFor(this.channel);
		return new Preview(this.channel, hook.servedBy(), List.of(message(hook, facts())));
	}

	/**
	 * Tells the digest.
	 * @return what became of it
	 */
	Outcome tell() {
		DigestFacts facts = facts();
		Hook hook = this.hooks.hookFor(this.channel);
		Outcome outcome = send(hook, facts);
		if (outcome instanceof Outcome.Failed failed && failed.reason().hookBroken()) {
			outcome = this.hooks.substituteFor(hook).map((other) -> send(other, facts)).orElse(outcome);
		}
		boolean unknown = outcome instanceof Outcome.Failed failed && failed.reason() == FailureReason.NO_ANSWER;
		if (outcome instanceof Outcome.Accepted || unknown) {
			this.counts.forget(facts.told(), this.clock.instant());
		}
		return outcome;
	}

	private DigestFacts facts() {
		Map<String, Integer> told = this.counts.counts();
		Optional<AlertmanagerApi.State> state = this.alertmanager.state();
		List<DigestFacts.Silence> silences = state.map(AlertmanagerApi.State::silences).orElse(List.of());
		return new DigestFacts(state.isPresent(), state.map(AlertmanagerApi.State::firing).orElse(List.of()),
				silences.stream().map(this::hidden).toList(), told, this.counts.since());
	}

	private DigestFacts.Silence hidden(DigestFacts.Silence silence) {
		return new DigestFacts.Silence(silence.matchers(), silence.createdBy(), this.privacy.filter(silence.comment()),
				silence.endsAt(), silence.alerts());
	}

	private Outcome send(Hook hook, DigestFacts facts) {
		return this.sender.send(hook, new Parcel(message(hook, facts), 0, false), Deadline.after(DELIVERY));
	}

	private DoorayMessage message(Hook hook, DigestFacts facts) {
		return this.messages.of(hook).of(facts, this.clock.instant());
	}

	/**
	 * What would be told. Components carry the names of the wire.
	 *
	 * @param channel channel it is for
	 * @param servedBy channel whose hook would be used
	 * @param messages bodies of the posts to Dooray
	 */
	record Preview(String channel, String servedBy, List<DoorayMessage> messages) {

	}

}
