package io.monitoringstack.doorayadapter.webhook;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.monitoringstack.doorayadapter.message.DoorayAttachment;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each message keeps, whatever the webhook held.
 */
public final class MessagePromises {

	public static final MessageSettings.Limits LIMITS = new MessageSettings.Limits(2000, 15, 8192, 5);

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private MessagePromises() {
	}

	public static void check(DoorayMessage message) {
		assertThat(message.text()).startsWith("[");
		checkOwnTexts(message);
	}

	// Those of a message that somebody else has worded.
	public static void checkOwnTexts(DoorayMessage message) {
		byte[] json = JSON.writeValueAsBytes(message);
		assertThat(json.length).isLessThanOrEqualTo(LIMITS.messageBytes());
		assertThat(JSON.readTree(json).get("text").asString()).isEqualTo(message.text());
		checkText(message.text());
		List<DoorayAttachment> attachments = (message.attachments() != null) ? message.attachments() : List.of();
		assertThat(attachments).hasSizeLessThanOrEqualTo(LIMITS.attachments());
		for (DoorayAttachment attachment : attachments) {
			checkText(attachment.title());
			assertThat(attachment.title()).isNotBlank().doesNotContain("\n");
			checkText((attachment.text() != null) ? attachment.text() : "");
			assertThat(attachment.color()).matches("#[0-9A-F]{6}");
			if (attachment.titleLink() != null) {
				assertThat(attachment.titleLink()).matches("(?i:https?)://[\\x21-\\x7e]+")
					.doesNotContain(RandomWebhooks.SECRET);
			}
		}
	}

	// The line that a phone shows.
	public static void checkFirstLine(DoorayMessage message) {
		String firstLine = message.text().lines().findFirst().orElseThrow();
		assertThat(firstLine.codePointCount(0, firstLine.length())).isLessThanOrEqualTo(60);
	}

	private static void checkText(String text) {
		assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(LIMITS.textLength());
		assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("dooray://", "```", "](javascript",
				RandomWebhooks.SECRET.toLowerCase(Locale.ROOT));
		assertThat(text.codePoints().filter((c) -> c != '\n').filter(Character::isISOControl)).as(text).isEmpty();
		assertThat(text.codePoints().filter((c) -> c >= 0xD800 && c <= 0xDFFF)).as(text).isEmpty();
		assertThat(text.codePoints().filter((c) -> c == 0x202E || c == 0x200B)).as(text).isEmpty();
	}

}
