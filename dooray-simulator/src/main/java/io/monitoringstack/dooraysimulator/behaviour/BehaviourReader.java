package io.monitoringstack.dooraysimulator.behaviour;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what a caller sent into a {@link Behaviour}. Done by hand because the caller is a
 * person with {@code curl}: each refusal names the field and what it may hold, and a
 * mistyped field is not passed over.
 */
final class BehaviourReader {

	private static final List<String> FIELDS = List.of("mode", "status", "retryAfterSeconds", "delayMillis",
			"perSecond", "times");

	private static final int MAX_RETRY_AFTER_SECONDS = 86_400;

	private static final int MAX_DELAY_MILLIS = 300_000;

	private static final int MAX_PER_SECOND = 1_000;

	private static final int MAX_TIMES = 1_000_000;

	private static final int MAX_ECHO = 40;

	private final JsonMapper mapper = JsonMapper.shared();

	private final Behaviour normal;

	BehaviourReader(Behaviour normal) {
		this.normal = normal;
	}

	Behaviour read(String json) {
		JsonNode node = parse(json);
		for (String field : node.propertyNames()) {
			if (!FIELDS.contains(field)) {
				throw new InvalidBehaviourException(
						"Field '%s' is not known; use %s.".formatted(shortened(field), String.join(", ", FIELDS)));
			}
		}
		return new Behaviour(mode(node.path("mode")), number(node, "status", 200, 599, this.normal.status()),
				number(node, "retryAfterSeconds", 0, MAX_RETRY_AFTER_SECONDS, this.normal.retryAfterSeconds()),
				number(node, "delayMillis", 0, MAX_DELAY_MILLIS, this.normal.delayMillis()),
				number(node, "perSecond", 0, MAX_PER_SECOND, this.normal.perSecond()), times(node));
	}

	private JsonNode parse(String json) {
		JsonNode node;
		try {
			node = this.mapper.readTree(json);
		}
		catch (JacksonException ex) {
			throw new InvalidBehaviourException("The body must be JSON, for example {\"mode\":\"ok\"}.");
		}
		if (!node.isObject()) {
			throw new InvalidBehaviourException("The body must be a JSON object, for example {\"mode\":\"ok\"}.");
		}
		return node;
	}

	private Mode mode(JsonNode value) {
		if (isAbsent(value)) {
			return this.normal.mode();
		}
		return Mode.named(value.isString() ? value.stringValue() : "")
			.orElseThrow(() -> new InvalidBehaviourException(
					"mode must be one of %s, not %s.".formatted(Mode.names(), shortened(value.toString()))));
	}

	private static @Nullable Integer times(JsonNode node) {
		return isAbsent(node.path("times")) ? null : number(node, "times", 1, MAX_TIMES, 1);
	}

	private static int number(JsonNode node, String field, int min, int max, int absent) {
		JsonNode value = node.path(field);
		if (isAbsent(value)) {
			return absent;
		}
		if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
			throw new InvalidBehaviourException("%s must be a whole number from %d to %d, not %s.".formatted(field, min,
					max, shortened(value.toString())));
		}
		return value.intValue();
	}

	private static boolean isAbsent(JsonNode value) {
		return value.isMissingNode() || value.isNull();
	}

	private static String shortened(String text) {
		return (text.length() <= MAX_ECHO) ? text : text.substring(0, MAX_ECHO) + "…";
	}

}
