package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.Notices;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a webhook holds, the message keeps its promises, alone and together with
 * others. The bodies are random but the same at each run.
 */
class AnyWebhookTests {

	private static final int BODIES = 200;

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private static final PublicUrls PUBLIC = new PublicUrls(URI.create("https://am.example.com"),
			URI.create("https://prom.example.com"), URI.create("https://grafana.example.com"),
			URI.create("https://git.example.com"), "loki");

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void becomesAValidMessageWithinAllLimits(long seed) throws Exception {
		Random random = new Random(seed);
		RandomWebhooks webhooks = new RandomWebhooks(random);
		for (int i = 0; i < BODIES; i++) {
			WebhookMessage message = TestBodies.read(webhooks.next());
			Remarks remarks = random.nextBoolean() ? Remarks.NONE : new Remarks(webhooks.text(), "critical");
			FormattedMessage formatted = new MessageFormatter(settings(random), PUBLIC).format(message, remarks, NOW);
			assertThat(formatted.cut()).isBetween(0, message.tally().total());
			MessagePromises.check(formatted.message());
			MessagePromises.checkFirstLine(formatted.message());
			MessagePromises.check(formatted.plain());
			MessagePromises.checkFirstLine(formatted.plain());
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 6, 7, 8 })
	void leavesWithOthersInOneMessageWithinAllLimits(long seed) throws Exception {
		Random random = new Random(seed);
		RandomWebhooks webhooks = new RandomWebhooks(random);
		for (int i = 0; i < BODIES / 8; i++) {
			MessageSettings settings = settings(random);
			List<FormattedMessage> groups = new ArrayList<>();
			for (int j = random.nextInt(40); j >= 0; j--) {
				groups.add(new MessageFormatter(settings, PUBLIC).format(TestBodies.read(webhooks.next()), Remarks.NONE,
						NOW));
			}
			MessagePacker packer = new MessagePacker(settings);
			Notices notices = notices(random, groups);
			MessagePacker.Packed packed = packer.pack(groups, notices);
			assertThat(packed.groups()).isBetween(1, groups.size());
			MessagePromises.check(packed.message());
			MessagePromises.check(packer.plain(groups, notices));
			MessagePromises.check(packer.digest(groups, notices));
		}
	}

	private static Notices notices(Random random, List<FormattedMessage> groups) {
		List<String> names = groups.stream()
			.map(FormattedMessage::summary)
			.filter((summary) -> summary != null)
			.limit(5)
			.map((summary) -> summary.name())
			.toList();
		return new Notices(random.nextBoolean(),
				random.nextBoolean() ? new Notices.Storm(Duration.ofMinutes(3), 1234, 56) : null,
				random.nextBoolean() ? new Notices.Missed(Duration.ofMinutes(5), groups.size(), names) : null);
	}

	private static MessageSettings settings(Random random) {
		return new MessageSettings(random.nextBoolean() ? Language.KO : Language.EN, ZoneId.of("Asia/Seoul"),
				"Alertmanager", Set.of("job"), MessagePromises.LIMITS);
	}

}
