package io.monitoringstack.dooraysimulator.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a message from what is none: a JSON object in UTF-8 with a text or attachments.
 * Which fields there are is documented by Dooray; unknown ones are let pass.
 */
final class BodyCheck {

	private static final List<String> TEXTS = List.of("botName", "botIconImage", "text");

	private static final List<String> ATTACHMENT_TEXTS = List.of("title", "titleLink", "text", "color");

	/** What is kept of a body that is too large, so that a person recognises it. */
	private static final int KEPT_OF_TOO_LARGE = 1_000;

	private final JsonMapper mapper = JsonMapper.shared();

	private final Limits limits;

	BodyCheck(Limits limits) {
		this.limits = limits;
	}

	Finding check(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (bytes.length > this.limits.maxBodyBytes()) {
			String kept = text.substring(0, Math.min(text.length(), KEPT_OF_TOO_LARGE)) + "…";
			return Finding.tooLarge(new Body(kept, false), 413,
					"The body is larger than %d bytes.".formatted(this.limits.maxBodyBytes()));
		}
		if (!isUtf8(bytes)) {
			return Finding.malformed(new Body(text, false), "The body is not UTF-8.");
		}
		JsonNode node = parse(text);
		if (node == null) {
			return Finding.malformed(new Body(text, false), "The body is not JSON.");
		}
		return check(new Body(text, true), node);
	}

	private Finding check(Body body, JsonNode node) {
		if (!node.isObject()) {
			return Finding.malformed(body, "The body must be a JSON object.");
		}
		String complaint = complaintAboutTypes(node);
		if (complaint != null) {
			return Finding.malformed(body, complaint);
		}
		JsonNode attachments = node.path("attachments");
		if (node.path("text").asString("").isBlank() && attachments.isEmpty()) {
			return Finding.malformed(body, "Give a text or attachments.");
		}
		if (this.limits.maxAttachments() > 0 && attachments.size() > this.limits.maxAttachments()) {
			return Finding.tooLarge(body, 400,
					"There are more than %d attachments.".formatted(this.limits.maxAttachments()));
		}
		if (isTooLong(node) || attachments.valueStream().anyMatch(this::isTooLong)) {
			return Finding.tooLarge(body, 400,
					"A text is longer than %d characters.".formatted(this.limits.maxTextLength()));
		}
		return Finding.proper(body);
	}

	private static @Nullable String complaintAboutTypes(JsonNode node) {
		String wrong = notText(node, TEXTS);
		if (wrong != null) {
			return "%s must be a string.".formatted(wrong);
		}
		JsonNode attachments = node.path("attachments");
		if (attachments.isMissingNode() || attachments.isNull()) {
			return null;
		}
		if (!attachments.isArray()) {
			return "attachments must be an array.";
		}
		for (JsonNode attachment : attachments) {
			if (!attachment.isObject()) {
				return "Each attachment must be a JSON object.";
			}
			wrong = notText(attachment, ATTACHMENT_TEXTS);
			if (wrong != null) {
				return "%s of an attachment must be a string.".formatted(wrong);
			}
		}
		return null;
	}

	private static @Nullable String notText(JsonNode node, List<String> fields) {
		for (String field : fields) {
			JsonNode value = node.path(field);
			if (!value.isMissingNode() && !value.isNull() && !value.isString()) {
				return field;
			}
		}
		return null;
	}

	private boolean isTooLong(JsonNode node) {
		String text = node.path("text").asString("");
		return this.limits.maxTextLength() > 0 && text.codePointCount(0, text.length()) > this.limits.maxTextLength();
	}

	private @Nullable JsonNode parse(String text) {
		try {
			JsonNode node = this.mapper.readTree(text);
			return node.isMissingNode() ? null : node;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
