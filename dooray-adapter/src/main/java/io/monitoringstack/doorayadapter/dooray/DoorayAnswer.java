package io.monitoringstack.doorayadapter.dooray;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import io.monitoringstack.doorayadapter.delivery.FailureReason;
import io.monitoringstack.doorayadapter.delivery.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Judges what Dooray answered. Accepted is every 2xx whose body does not say
 * <code>header.isSuccessful=false</code>; hooks also answer with empty or other bodies.
 */
final class DoorayAnswer {

	private static final TokenStreamFactory JSON = new JsonFactory();

	private static final Duration LONGEST_REST = Duration.ofMinutes(1);

	private final Clock clock;

	DoorayAnswer(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Judges an answer.
	 * @param status status of HTTP
	 * @param retryAfter header of that name, empty when absent
	 * @param body start of the body
	 * @return what became of the message
	 */
	Outcome judge(int status, String retryAfter, byte[] body) {
		if (status >= 200 && status < 300) {
			int refused = refusedWith(body);
			return (refused < 0) ? new Outcome.Accepted() : failed(refused, retryAfter);
		}
		return failed(status, retryAfter);
	}

	private Outcome failed(int code, String retryAfter) {
		FailureReason reason = reason(code);
		Duration rest = reason.temporary() ? rest(retryAfter) : Duration.ZERO;
		return new Outcome.Failed(reason, rest);
	}

	private static FailureReason reason(int code) {
		if (code >= 300 && code < 400) {
			return FailureReason.REDIRECT;
		}
		if (code >= 500 || code == 408 || code == 425) {
			return FailureReason.SERVER_ERROR;
		}
		return switch (code) {
			case 429 -> FailureReason.RATE_LIMITED;
			case 401, 403, 404, 405, 410 -> FailureReason.AUTH_ERROR;
			// A proxy's answer: Dooray saw nothing of it.
			case 407 -> FailureReason.CONNECT_ERROR;
			default -> FailureReason.CLIENT_ERROR;
		};
	}

	// Returns the result code of a body that tells a failure, or -1.
	private static int refusedWith(byte[] body) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
			return (parser.nextToken() == JsonToken.START_OBJECT && find(parser, "header")) ? readHeader(parser) : -1;
		}
		catch (JacksonException ex) {
			return -1;
		}
	}

	private static boolean find(JsonParser parser, String name) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			boolean found = parser.currentName().equals(name);
			parser.nextToken();
			if (found) {
				return parser.currentToken() == JsonToken.START_OBJECT;
			}
			parser.skipChildren();
		}
		return false;
	}

	private static int readHeader(JsonParser parser) {
		boolean refused = false;
		int code = 0;
		try {
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				refused = refused || (name.equals("isSuccessful") && value == JsonToken.VALUE_FALSE);
				code = (name.equals("resultCode") && value.isScalarValue()) ? number(parser.getString()) : code;
				parser.skipChildren();
			}
		}
		catch (JacksonException ex) {
			// Cut off behind what matters: what was read counts.
		}
		return refused ? Math.max(0, code) : -1;
	}

	private static int number(@Nullable String text) {
		try {
			return (text != null) ? Integer.parseInt(text.strip()) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private Duration rest(String retryAfter) {
		Duration rest = Duration.ZERO;
		String text = retryAfter.strip();
		if (text.matches("\\d{1,9}")) {
			rest = Duration.ofSeconds(Long.parseLong(text));
		}
		else if (!text.isEmpty()) {
			rest = until(text);
		}
		return (rest.compareTo(LONGEST_REST) > 0) ? LONGEST_REST : rest;
	}

	private Duration until(String date) {
		try {
			Duration rest = Duration.between(this.clock.instant(),
					ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
			return rest.isNegative() ? Duration.ZERO : rest;
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

}
