package io.monitoringstack.dooraysimulator.message;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.monitoringstack.dooraysimulator.behaviour.Behaviour;
import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReceptionTests {

	private static final HookAddress HOOK = new HookAddress("org", "critical", "s3cret");

	private final Behaviours behaviours = new Behaviours(Behaviour.normal(1));

	private final MessageStore store = new MessageStore(100, 100_000);

	private final MovableClock clock = new MovableClock();

	private final Reception reception = new Reception(this.behaviours, this.store, new Limits(1_000, 0, 0), this.clock);

	@Test
	void dropsTheSecondMessageOfASecondWithoutASign() {
		Verdict first = receive("{\"text\":\"a\"}");
		Verdict second = receive("{\"text\":\"b\"}");
		assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(second.outcome()).isEqualTo(Outcome.DROPPED);
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.complaint()).isNull();
		this.clock.now = this.clock.now.plusSeconds(1);
		assertThat(receive("{\"text\":\"c\"}").outcome()).isEqualTo(Outcome.ACCEPTED);
		assertThat(this.store.newestFirst()).extracting(Message::accepted).containsExactly(true, false, true);
	}

	@Test
	void recordsEachRequestWithItsTimeInMillisecondsAndWithoutTheToken() {
		receive("{\"text\":\"a\"}");
		Message message = this.store.newestFirst().get(0);
		assertThat(message.receivedAt()).isEqualTo("2026-11-21T03:04:05.678Z");
		assertThat(message.hook()).isEqualTo("critical");
		assertThat(message.toString()).doesNotContain("s3cret");
		assertThat(HOOK.toString()).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			not-successful, NOT_SUCCESSFUL, 200
			status,         STATUS,         503
			hang,           HANG,
			reset,          RESET,
			""")
	void recordsWhatItRefusedInAnOutage(String mode, Outcome outcome, Integer status) {
		this.behaviours.set("{\"mode\":\"%s\"}".formatted(mode));
		Verdict verdict = receive("{\"text\":\"a\"}");
		assertThat(verdict.outcome()).isEqualTo(outcome);
		Message message = this.store.newestFirst().get(0);
		assertThat(message.outcome()).isEqualTo(outcome);
		assertThat(message.status()).isEqualTo(status);
		assertThat(message.accepted()).isFalse();
		assertThat(message.body()).isEqualTo(new Body("{\"text\":\"a\"}", true));
	}

	@Test
	void anOutageUsesUpNoneOfTheRate() {
		this.behaviours.set("{\"mode\":\"status\",\"times\":1}");
		assertThat(receive("{\"text\":\"a\"}").outcome()).isEqualTo(Outcome.STATUS);
		assertThat(receive("{\"text\":\"a\"}").outcome()).isEqualTo(Outcome.ACCEPTED);
	}

	@Test
	void aMalformedMessageUsesUpNoneOfTheRate() {
		assertThat(receive("{}").outcome()).isEqualTo(Outcome.MALFORMED);
		assertThat(receive("{\"text\":\"a\"}").outcome()).isEqualTo(Outcome.ACCEPTED);
	}

	private Verdict receive(String body) {
		return this.reception.receive(HOOK, body.getBytes(StandardCharsets.UTF_8));
	}

	private static final class MovableClock extends Clock {

		private Instant now = Instant.parse("2026-11-21T03:04:05.678912Z");

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now;
		}

	}

}
