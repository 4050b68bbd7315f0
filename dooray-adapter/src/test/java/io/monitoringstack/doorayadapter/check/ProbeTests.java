package io.monitoringstack.doorayadapter.check;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Hook;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.delivery.KnownChannels;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeTests {

	private final List<DoorayMessage> sent = new ArrayList<>();

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private int mostBytes = Integer.MAX_VALUE;

	private int mostAttachments = Integer.MAX_VALUE;

	@Test
	void onlySaysWhatItWouldSendUntilToldToSend() {
		assertThat(run("critical", false)).isEmpty();
		assertThat(this.sent).isEmpty();
		assertThat(output()).contains("these 18 messages are sent", "7  64 KB in one message", "13  50 attachments");
	}

	@Test
	void suggestsTheLargestThatWereTaken() {
		this.mostBytes = 9000;
		this.mostAttachments = 20;
		assertThat(run("critical", true)).isEmpty();
		assertThat(output()).contains("NOTIFY_MAXMESSAGESIZE=8KB\n", "NOTIFY_MAXATTACHMENTS=20\n",
				"5  16 KB in one message                   clientError");
		assertThat(this.sent).hasSize(18).allSatisfy((message) -> assertThat(message.text()).startsWith("[시험] TEST "));
		assertThat(this.sent.get(3).text()).endsWith("end of 4");
		assertThat(this.sent.get(3).text().getBytes(StandardCharsets.UTF_8).length).isBetween(8000, 8192);
	}

	@Test
	void failsWhenNothingIsTakenOrThereIsNoSuchChannel() {
		this.mostBytes = 0;
		assertThat(run("critical", true)).containsExactly("Dooray took none of them.");
		assertThat(run("nowhere", true)).singleElement().asString().contains("critical, default, warning");
	}

	private List<String> run(String channel, boolean sure) {
		Hooks hooks = new Hooks() {

			@Override
			public Set<String> channels() {
				return Set.of("critical");
			}

			@Override
			public Hook hookFor(String channel) {
				return new Hook(channel, channel, Hook.Role.REGULAR, URI.create("http://localhost/hook"));
			}

			@Override
			public Optional<Hook> substituteFor(Hook broken) {
				return Optional.empty();
			}

		};
		Probe probe = new Probe(new KnownChannels(hooks), hooks, (hook, parcel, deadline) -> {
			DoorayMessage message = parcel.message();
			this.sent.add(message);
			int attachments = (message.attachments() != null) ? message.attachments().size() : 0;
			boolean fits = message.text().getBytes(StandardCharsets.UTF_8).length <= this.mostBytes
					&& attachments <= this.mostAttachments;
			return fits ? new Outcome.Accepted() : new Outcome.Failed(FailureReason.CLIENT_ERROR, Duration.ZERO);
		}, Duration.ZERO);
		return probe.run(channel, sure, new PrintStream(this.output, true, StandardCharsets.UTF_8));
	}

	private String output() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

}
