package io.monitoringstack.doorayadapter.message;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells how many bytes a message has as JSON in UTF-8, without making it.
 */
final class MessageSize {

	private MessageSize() {
	}

	static int bytes(DoorayMessage message) {
		int bytes = "{}".length() + field("botName", message.botName()) + 1 + field("text", message.text());
		List<DoorayAttachment> attachments = message.attachments();
		if (attachments != null) {
			bytes += ",\"attachments\":[]".length() + Math.max(0, attachments.size() - 1);
			bytes += attachments.stream().mapToInt(MessageSize::bytes).sum();
		}
		return bytes;
	}

	private static int bytes(DoorayAttachment attachment) {
		int bytes = "{}".length() + field("title", attachment.title()) + 1 + field("color", attachment.color());
		bytes += optional("titleLink", attachment.titleLink());
		return bytes + optional("text", attachment.text());
	}

	private static int optional(String name, @Nullable String value) {
		return (value != null) ? 1 + field(name, value) : 0;
	}

	private static int field(String name, String value) {
		return name.length() + "\"\":\"\"".length() + value.codePoints().map(MessageSize::bytes).sum();
	}

	private static int bytes(int codePoint) {
		return switch (codePoint) {
			case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
			default -> (codePoint < 0x20) ? 6 : utf8Bytes(codePoint);
		};
	}

	private static int utf8Bytes(int codePoint) {
		if (codePoint < 0x80) {
			return 1;
		}
		if (codePoint < 0x800) {
			return 2;
		}
		return (codePoint < 0x10000) ? 3 : 4;
	}

}
