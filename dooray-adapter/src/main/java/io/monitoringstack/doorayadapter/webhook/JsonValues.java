package io.monitoringstack.doorayadapter.webhook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads JSON values without minding their type. Each method leaves the parser on the last
 * token of the value.
 */
final class JsonValues {

	/** Entries kept of a map; Prometheus itself suggests fewer than 30 labels. */
	private static final int MAX_ENTRIES = 100;

	/** Characters kept of all entries of a map together. */
	private static final int MAX_CHARACTERS = 32_768;

	private JsonValues() {
	}

	// Returns a scalar as text, anything else as an empty text.
	static String text(JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_NULL) {
			return "";
		}
		if (token.isScalarValue()) {
			return parser.getString();
		}
		parser.skipChildren();
		return "";
	}

	// Returns a whole number, also when written as text; zero for anything else.
	static long number(JsonParser parser) {
		try {
			return Long.parseLong(text(parser).strip());
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	// Returns the scalar entries of an object that fit the limits.
	static Map<String, String> map(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return Map.of();
		}
		Map<String, String> map = new LinkedHashMap<>();
		int characters = 0;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			boolean scalar = parser.nextToken().isScalarValue();
			String value = text(parser);
			characters += name.length() + value.length();
			boolean fits = map.size() < MAX_ENTRIES && characters <= MAX_CHARACTERS;
			if (scalar && (fits || isNeeded(name))) {
				map.put(name, value);
			}
		}
		return Collections.unmodifiableMap(map);
	}

	// What routing and the headline rest on is kept whatever its neighbours hold.
	private static boolean isNeeded(String name) {
		return switch (name) {
			case "alertname", "severity", "instance", "summary" -> true;
			default -> false;
		};
	}

}
