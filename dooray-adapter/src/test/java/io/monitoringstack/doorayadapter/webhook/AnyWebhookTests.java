package io.monitoringstack.doorayadapter.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.message.DoorayAttachment;
import io.monitoringstack.doorayadapter.message.DoorayMessage;
import io.monitoringstack.doorayadapter.message.FormattedMessage;
import io.monitoringstack.doorayadapter.message.Language;
import io.monitoringstack.doorayadapter.message.MessageFormatter;
import io.monitoringstack.doorayadapter.message.MessageSettings;
import io.monitoringstack.doorayadapter.message.PublicUrls;
import io.monitoringstack.doorayadapter.message.Remarks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a webhook holds, the message keeps its promises. The bodies are random but the
 * same at each run.
 */
class AnyWebhookTests {

	private static final int BODIES = 200;

	private static final int MAX_BYTES = 8192;

	private static final List<String> PARTS = List.of("a", " ", "가나다", "🚨", "👩‍👩‍👧‍👦", "e\u0301", "\uD83D",
			"\uDE00", "\n", "\r\n", "\t", "\u0000", "\u001b[31m", "\u202e", "\u200b", "\u2028", "\"", "\\", "{0}", "}}",
			"```", "dooray://1/members/2", "DoOrAy:", "//", "](", "javascript:alert(1)", "<script>", "%", "$1", "|",
			"·", "https://hook.dooray.com/services/11/22/S3CR3T", "http://a.example.com/x?y=z", "/d/", "/graph?",
			"0001-01-01T00:00:00Z", "very long words without an end ".repeat(20), "값".repeat(700));

	private static final List<String> KEYS = List.of("alertname", "severity", "instance", "job", "pod", "summary",
			"summary_ko", "description", "description_ko", "runbook_url", "dashboard_url", "value", "__meta", "서비스",
			"x");

	private static final List<Object> DATES = List.of("0001-01-01T00:00:00Z", "2026-11-21T11:00:00.123456789+09:00",
			"2999-01-01T00:00:00Z", "9999999-01-01T00:00:00Z", "-0044-03-15T00:00:00Z", "yesterday", "", 17);

	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private static final PublicUrls PUBLIC = new PublicUrls(URI.create("https://am.example.com"),
			URI.create("https://prom.example.com"), URI.create("https://grafana.example.com"),
			URI.create("https://git.example.com"));

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void becomesAValidMessageWithinAllLimits(long seed) throws Exception {
		Random random = new Random(seed);
		for (int i = 0; i < BODIES; i++) {
			byte[] body = bytes(webhook(random));
			Language language = random.nextBoolean() ? Language.KO : Language.EN;
			WebhookMessage message = TestBodies.read(body);
			FormattedMessage formatted = formatter(language).format(message, remarks(random),
					Instant.parse("2026-11-21T12:00:00Z"));
			assertThat(formatted.cut()).isBetween(0, message.tally().total());
			check(formatted.message());
			check(formatted.plain());
		}
	}

	private static MessageFormatter formatter(Language language) {
		return new MessageFormatter(new MessageSettings(language, ZoneId.of("Asia/Seoul"), "Alertmanager",
				Set.of("job"), new MessageSettings.Limits(2000, 15, MAX_BYTES, 5)), PUBLIC);
	}

	private static void check(DoorayMessage message) throws Exception {
		byte[] json = JSON.writeValueAsBytes(message);
		assertThat(json.length).isLessThanOrEqualTo(MAX_BYTES);
		assertThat(JSON.readTree(json).get("text").asString()).isEqualTo(message.text());
		checkText(message.text());
		String firstLine = message.text().lines().findFirst().orElseThrow();
		assertThat(firstLine).startsWith("[");
		assertThat(firstLine.codePointCount(0, firstLine.length())).isLessThanOrEqualTo(60);
		List<DoorayAttachment> attachments = (message.attachments() != null) ? message.attachments() : List.of();
		assertThat(attachments).hasSizeLessThanOrEqualTo(15);
		for (DoorayAttachment attachment : attachments) {
			checkText(attachment.title());
			assertThat(attachment.title()).isNotBlank().doesNotContain("\n");
			checkText((attachment.text() != null) ? attachment.text() : "");
			assertThat(attachment.color()).matches("#[0-9A-F]{6}");
			if (attachment.titleLink() != null) {
				assertThat(attachment.titleLink()).matches("https?://[\\x21-\\x7e]+").doesNotContain("S3CR3T");
			}
		}
	}

	private static void checkText(String text) {
		assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(2000);
		assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("dooray://", "```", "](javascript", "s3cr3t");
		assertThat(text.codePoints().filter((c) -> c != '\n').noneMatch(Character::isISOControl)).isTrue();
		assertThat(text.codePoints().noneMatch((c) -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
		assertThat(text.codePoints().noneMatch((c) -> c == 0x202E || c == 0x200B)).isTrue();
	}

	private static Remarks remarks(Random random) {
		return random.nextBoolean() ? Remarks.NONE : new Remarks(text(random), "critical");
	}

	private static Map<String, Object> webhook(Random random) {
		Map<String, Object> webhook = new LinkedHashMap<>();
		webhook.put("receiver", text(random));
		int count = (random.nextInt(10) == 0) ? random.nextInt(120) : random.nextInt(8);
		List<Object> alerts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			alerts.add((random.nextInt(20) == 0) ? odd(random) : alert(random));
		}
		webhook.put("alerts", alerts);
		for (String name : List.of("groupLabels", "commonLabels", "commonAnnotations", "routeLabels")) {
			webhook.put(name, (random.nextInt(5) == 0) ? odd(random) : map(random));
		}
		webhook.put("externalURL", text(random));
		webhook.put("groupKey", text(random));
		webhook.put("truncatedAlerts", (random.nextInt(3) == 0) ? odd(random) : random.nextInt());
		webhook.put("notification_reason", random.nextBoolean() ? "repeat interval elapsed" : odd(random));
		return webhook;
	}

	private static Map<String, Object> alert(Random random) {
		Map<String, Object> alert = new LinkedHashMap<>();
		alert.put("status", random.nextBoolean() ? "firing" : (random.nextBoolean() ? "resolved" : odd(random)));
		alert.put("labels", (random.nextInt(10) == 0) ? odd(random) : map(random));
		alert.put("annotations", (random.nextInt(10) == 0) ? odd(random) : map(random));
		alert.put("startsAt", DATES.get(random.nextInt(DATES.size())));
		alert.put("endsAt", DATES.get(random.nextInt(DATES.size())));
		alert.put("generatorURL", text(random));
		alert.put("dashboardURL", text(random));
		return alert;
	}

	private static Map<String, Object> map(Random random) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = random.nextInt(10); i > 0; i--) {
			map.put(KEYS.get(random.nextInt(KEYS.size())), (random.nextInt(15) == 0) ? odd(random) : text(random));
		}
		return map;
	}

	private static Object odd(Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> 42.5;
			case 1 -> true;
			case 2 -> List.of(1, "x");
			case 3 -> Map.of("a", Map.of("b", 1));
			default -> "text";
		};
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(6); i > 0; i--) {
			text.append(PARTS.get(random.nextInt(PARTS.size())));
		}
		return text.toString();
	}

	// By hand, because a serializer refuses half characters, which are part of the test.
	private static byte[] bytes(Object value) {
		StringBuilder json = new StringBuilder();
		write(value, json);
		return json.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void write(Object value, StringBuilder json) {
		if (value instanceof Map<?, ?> map) {
			json.append('{');
			String separator = "";
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				json.append(separator);
				write(entry.getKey(), json);
				json.append(':');
				write(entry.getValue(), json);
				separator = ",";
			}
			json.append('}');
		}
		else if (value instanceof List<?> list) {
			json.append('[');
			String separator = "";
			for (Object element : list) {
				json.append(separator);
				write(element, json);
				separator = ",";
			}
			json.append(']');
		}
		else if (value instanceof String text) {
			json.append('"');
			text.chars().forEach((c) -> json.append("\\u").append(HexFormat.of().toHexDigits((char) c)));
			json.append('"');
		}
		else {
			json.append(value);
		}
	}

}
