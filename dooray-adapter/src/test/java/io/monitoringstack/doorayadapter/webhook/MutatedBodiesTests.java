package io.monitoringstack.doorayadapter.webhook;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Reads damaged bodies: refuses those that can never be read and no other, and keeps the
 * promises of a message for the rest. <code>-Dfuzz.bodies=100000</code> tries more,
 * <code>-Dfuzz.seed=…</code> others.
 */
@Timeout(7200)
class MutatedBodiesTests {

	private static final int BODIES = Integer.getInteger("fuzz.bodies", 3000);

	private static final long SEED = Long.getLong("fuzz.seed", 20261121L);

	/** What the garbage collector and the test's own counts may differ by. */
	private static final long LEEWAY = 16L * 1024 * 1024;

	private final Logger logger = (Logger) LoggerFactory.getLogger(WebhookReader.class);

	private final LogPromises log = new LogPromises();

	private final MessageFormatter formatter = new MessageFormatter(
			new MessageSettings(Language.KO, ZoneId.of("Asia/Seoul"), "Alertmanager", Set.of("job"),
					MessagePromises.LIMITS),
			new PublicUrls(URI.create("https://am.example.com"), URI.create("https://prom.example.com"), null, null));

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void speak() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
	}

	@Test
	void refusesWhatCanNeverBeReadAndTellsTheRestInFlatMemory() {
		MutatedBodies bodies = new MutatedBodies(new Random(SEED));
		Map<RejectedBodyException.Kind, Integer> refused = new EnumMap<>(RejectedBodyException.Kind.class);
		long early = 0;
		for (int i = 0; i < BODIES; i++) {
			byte[] body = bodies.next();
			try {
				read(body).ifPresent((kind) -> refused.merge(kind, 1, Integer::sum));
			}
			catch (Exception | StackOverflowError | AssertionError ex) {
				fail("seed %d, body %d: %s".formatted(SEED, i, ex.getMessage()), ex);
			}
			if (i == BODIES / 10) {
				early = usedHeap();
			}
		}
		long late = usedHeap();
		System.out.printf("%d damaged bodies: refused %s, told %d; heap in use %,d KB at a tenth, %,d KB at the end%n",
				BODIES, refused, BODIES - refused.values().stream().mapToInt(Integer::intValue).sum(), early / 1024,
				late / 1024);
		assertThat(refused).containsKey(RejectedBodyException.Kind.NOT_JSON);
		assertThat(refused.values().stream().mapToInt(Integer::intValue).sum()).isBetween(BODIES / 10, BODIES / 10 * 9);
		assertThat(late).isLessThan(early + LEEWAY);
	}

	// Returns why it was refused.
	private Optional<RejectedBodyException.Kind> read(byte[] body) throws Exception {
		Optional<RejectedBodyException.Kind> expected = MutatedBodies.neverReadable(body);
		WebhookMessage message;
		try {
			message = TestBodies.read(body);
		}
		catch (RejectedBodyException ex) {
			assertThat(Optional.of(ex.kind())).isEqualTo(expected);
			return expected;
		}
		assertThat(expected.isEmpty() || MutatedBodies.mayBeClipped(body)).as("read, although %s", expected).isTrue();
		FormattedMessage formatted = this.formatter.format(message, Remarks.NONE,
				Instant.parse("2026-11-21T12:00:00Z"));
		MessagePromises.check(formatted.message());
		MessagePromises.check(formatted.plain());
		return Optional.empty();
	}

	private static long usedHeap() {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return used;
	}

	/**
	 * What a line of the log keeps, whatever the body held.
	 */
	private static final class LogPromises extends AppenderBase<ILoggingEvent> {

		@Override
		public void doAppend(ILoggingEvent event) {
			String line = event.getFormattedMessage();
			assertThat(line.length()).isLessThan(400);
			assertThat(line).doesNotContain(RandomWebhooks.SECRET.substring(0, 10));
			assertThat(line.codePoints().noneMatch(Character::isISOControl)).isTrue();
		}

		@Override
		protected void append(ILoggingEvent event) {
		}

	}

}
