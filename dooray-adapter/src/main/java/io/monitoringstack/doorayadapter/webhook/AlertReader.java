package io.monitoringstack.doorayadapter.webhook;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.AlertStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one alert of a webhook message.
 */
final class AlertReader {

	/** Go writes its zero time for the end of an alert that still fires. */
	private static final Instant ZERO_TIME_END = Instant.parse("0002-01-01T00:00:00Z");

	private static final Instant LAST_SHOWABLE = Instant.parse("9999-01-01T00:00:00Z");

	private AlertReader() {
	}

	// Reads the object on whose start the parser stands.
	static Alert read(JsonParser parser) {
		Map<String, String> texts = new HashMap<>();
		Map<String, Map<String, String>> maps = new HashMap<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			switch (name) {
				case "labels", "annotations", "values" -> maps.put(name, JsonValues.map(parser));
				case "status", "startsAt", "endsAt", "generatorURL", "fingerprint", "dashboardURL", "panelURL",
						"silenceURL", "valueString" ->
					texts.put(name, JsonValues.text(parser));
				default -> parser.skipChildren();
			}
		}
		return alert(texts, maps);
	}

	private static Alert alert(Map<String, String> texts, Map<String, Map<String, String>> maps) {
		AlertStatus status = AlertStatus.of(texts.getOrDefault("status", ""));
		Instant endsAt = (status == AlertStatus.RESOLVED) ? time(texts.getOrDefault("endsAt", "")) : null;
		return new Alert(status, maps.getOrDefault("labels", Map.of()), maps.getOrDefault("annotations", Map.of()),
				time(texts.getOrDefault("startsAt", "")), endsAt, texts.getOrDefault("generatorURL", ""),
				texts.getOrDefault("fingerprint", ""), extras(texts, maps.getOrDefault("values", Map.of())));
	}

	private static Alert.GrafanaExtras extras(Map<String, String> texts, Map<String, String> values) {
		String measured = texts.getOrDefault("valueString", "");
		if (!values.isEmpty()) {
			measured = String.join(", ",
					values.entrySet().stream().map((value) -> value.getKey() + "=" + value.getValue()).toList());
		}
		return new Alert.GrafanaExtras(texts.getOrDefault("dashboardURL", ""), texts.getOrDefault("panelURL", ""),
				texts.getOrDefault("silenceURL", ""), measured);
	}

	private static @Nullable Instant time(String text) {
		try {
			Instant time = OffsetDateTime.parse(text.strip()).toInstant();
			return (time.isAfter(ZERO_TIME_END) && time.isBefore(LAST_SHOWABLE)) ? time : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
