package io.monitoringstack.doorayadapter.template;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;

import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import io.monitoringstack.doorayadapter.webhook.TestBodies;

/**
 * Writes messages with a template, as the service does.
 */
final class TemplateTexts {

	private static final PublicUrls PUBLIC = new PublicUrls(URI.create("https://mon.example.com/alertmanager/"),
			URI.create("https://mon.example.com/prometheus/"), URI.create("https://mon.example.com/"),
			URI.create("https://git.example.com/ops/blob/main/"), "loki");

	private TemplateTexts() {
	}

	static FormattedMessage format(String template, byte[] body, Language language) throws Exception {
		return format(template, TestBodies.read(body), language);
	}

	static FormattedMessage format(String template, WebhookMessage message, Language language) {
		MessageSettings settings = new MessageSettings(language, ZoneId.of("Asia/Seoul"), "Alertmanager", Set.of("job"),
				new MessageSettings.Limits(2000, 15, 8192, 5));
		return new MessageFormatter(settings, PUBLIC).format(message, Remarks.NONE,
				Instant.parse("2026-11-21T12:00:00Z"), LoadedTemplate.of("own.mustache", template).forOneMessage());
	}

}
