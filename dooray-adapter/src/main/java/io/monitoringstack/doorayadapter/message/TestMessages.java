package io.monitoringstack.doorayadapter.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the message of somebody who tries a channel.
 */
public final class TestMessages {

	private final MessageSettings settings;

	private final Texts texts;

	public TestMessages(MessageSettings settings) {
		this.settings = settings;
		this.texts = new Texts(settings.language());
	}

	/**
	 * Writes a test.
	 * @param channel channel that is tried
	 * @param servedBy channel whose hook is used
	 * @param now the present
	 * @return the message
	 */
	public DoorayMessage of(String channel, String servedBy, Instant now) {
		Times times = new Times(this.texts, this.settings.zone(), now);
		List<String> lines = new ArrayList<>();
		lines.add(this.texts.get("test.sent", times.moment(now)));
		if (!servedBy.equals(channel)) {
			lines.add(this.texts.get("test.servedBy", servedBy));
		}
		lines.add(this.texts.get("test.todo"));
		DoorayAttachment card = new DoorayAttachment(this.texts.get("test.title"), null, String.join("\n", lines),
				Colour.NEUTRAL);
		return new DoorayMessage(TextLimit.cut(SafeText.line(this.settings.botName()), 50),
				this.texts.get("test.text", channel), List.of(card));
	}

}
