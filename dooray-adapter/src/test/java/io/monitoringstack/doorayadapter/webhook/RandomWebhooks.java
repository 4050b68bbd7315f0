package io.monitoringstack.doorayadapter.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Makes webhook bodies that hold anything a sender may put into them, the same ones for
 * the same source of chance.
 */
public final class RandomWebhooks {

	/** The path of a hook, which must never be shown. */
	public static final String SECRET = "S3CR3T-tokenOfAHook0123";

	private static final List<String> PARTS = List.of("a", " ", "가나다", "🚨", "👩‍👩‍👧‍👦", "e\u0301", "\uD83D",
			"\uDE00", "\n", "\r\n", "\t", "\u0000", "\u001b[31m", "\u202e", "\u200b", "\u2028", "\"", "\\", "{0}", "}}",
			"```", "dooray://1/members/2", "DoOrAy:", "//", "](", "javascript:alert(1)", "<script>", "%", "$1", "|",
			"·", "https://hook.dooray.com/services/11/22/" + SECRET, "http://a.example.com/x?y=z", "/d/", "/graph?",
			"0001-01-01T00:00:00Z", "very long words without an end ".repeat(20), "값".repeat(700));

	private static final List<String> KEYS = List.of("alertname", "severity", "instance", "job", "pod", "summary",
			"summary_ko", "description", "description_ko", "runbook_url", "dashboard_url", "value", "__meta", "서비스",
			"service", "container", "dashboard_uid", "x");

	private static final List<Object> DATES = List.of("0001-01-01T00:00:00Z", "2026-11-21T11:00:00.123456789+09:00",
			"2999-01-01T00:00:00Z", "9999999-01-01T00:00:00Z", "-0044-03-15T00:00:00Z", "yesterday", "", 17);

	private final Random random;

	public RandomWebhooks(Random random) {
		this.random = random;
	}

	public byte[] next() {
		Map<String, @Nullable Object> webhook = new LinkedHashMap<>();
		webhook.put("receiver", text());
		int count = (this.random.nextInt(10) == 0) ? this.random.nextInt(201) : this.random.nextInt(8);
		List<@Nullable Object> alerts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			alerts.add((this.random.nextInt(20) == 0) ? odd() : alert());
		}
		webhook.put("alerts", alerts);
		for (String name : List.of("groupLabels", "commonLabels", "commonAnnotations", "routeLabels")) {
			webhook.put(name, (this.random.nextInt(5) == 0) ? odd() : map());
		}
		webhook.put("externalURL", text());
		webhook.put("groupKey", text());
		webhook.put("truncatedAlerts", (this.random.nextInt(3) == 0) ? odd() : this.random.nextInt());
		webhook.put("notification_reason", this.random.nextBoolean() ? "repeat interval elapsed" : odd());
		return bytes(webhook);
	}

	private Map<String, @Nullable Object> alert() {
		Map<String, @Nullable Object> alert = new LinkedHashMap<>();
		alert.put("status", this.random.nextBoolean() ? "firing" : (this.random.nextBoolean() ? "resolved" : odd()));
		alert.put("labels", (this.random.nextInt(10) == 0) ? odd() : map());
		alert.put("annotations", (this.random.nextInt(10) == 0) ? odd() : map());
		alert.put("startsAt", DATES.get(this.random.nextInt(DATES.size())));
		alert.put("endsAt", DATES.get(this.random.nextInt(DATES.size())));
		alert.put("generatorURL", text());
		alert.put("dashboardURL", text());
		return alert;
	}

	private Map<String, @Nullable Object> map() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = this.random.nextInt(10); i > 0; i--) {
			map.put(KEYS.get(this.random.nextInt(KEYS.size())), (this.random.nextInt(15) == 0) ? odd() : text());
		}
		return map;
	}

	private @Nullable Object odd() {
		return switch (this.random.nextInt(6)) {
			case 0 -> 42.5;
			case 1 -> true;
			case 2 -> Arrays.asList(1, "x", null);
			case 3 -> Map.of("a", Map.of("b", 1));
			case 4 -> null;
			default -> "text";
		};
	}

	public String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(6); i > 0; i--) {
			text.append(PARTS.get(this.random.nextInt(PARTS.size())));
		}
		if (this.random.nextInt(500) == 0) {
			text.append(PARTS.get(this.random.nextInt(PARTS.size())).repeat(this.random.nextInt(300)));
		}
		return text.toString();
	}

	// By hand, because a serializer refuses half characters, which are part of the test.
	private static byte[] bytes(Object value) {
		StringBuilder json = new StringBuilder();
		write(value, json);
		return json.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void write(@Nullable Object value, StringBuilder json) {
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
