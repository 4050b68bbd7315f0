package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The two formats Pushgateway reads, and the one that is translated for it. Everything
 * that is not exactly its protobuf type is text to Pushgateway, whatever the Content-Type
 * says.
 */
public enum ContentKind {

	/** The text format 0.0.4. */
	TEXT,

	/** Length-delimited protobuf messages. */
	PROTOBUF,

	/** OpenMetrics as text, which becomes {@link #TEXT}. */
	OPENMETRICS;

	static final String PROTOBUF_TYPE = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

	/**
	 * Tells how a body will be read.
	 * @param contentType the header, if there is one
	 * @return the format
	 */
	public static ContentKind of(@Nullable String contentType) {
		if (contentType == null) {
			return TEXT;
		}
		String type = type(contentType);
		if ("application/openmetrics-text".equalsIgnoreCase(type)) {
			return OPENMETRICS;
		}
		if (!"application/vnd.google.protobuf".equalsIgnoreCase(type)) {
			return TEXT;
		}
		Map<String, String> parameters = parameters(contentType);
		boolean delimited = "delimited".equals(parameters.get("encoding"));
		boolean families = "io.prometheus.client.MetricFamily".equals(parameters.get("proto"));
		return (delimited && families) ? PROTOBUF : TEXT;
	}

	private static String type(String contentType) {
		int end = contentType.indexOf(';');
		return ((end < 0) ? contentType : contentType.substring(0, end)).strip();
	}

	// Reads the parameters of a media type. A header that is malformed, or that has a
	// parameter twice, has none.
	static Map<String, String> parameters(String contentType) {
		Map<String, String> parameters = new HashMap<>();
		for (String part : contentType.substring(contentType.indexOf(';') + 1).split(";", -1)) {
			if (part.isBlank()) {
				continue;
			}
			int equals = part.indexOf('=');
			String name = (equals < 0) ? "" : part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
			String value = unquoted(part.substring(equals + 1).strip());
			if (name.isEmpty() || value.isEmpty() || parameters.put(name, value) != null) {
				return Map.of();
			}
		}
		return parameters;
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

}
