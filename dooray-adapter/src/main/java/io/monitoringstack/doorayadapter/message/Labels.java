package io.monitoringstack.doorayadapter.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes labels that tell a reader something.
 */
final class Labels {

	private static final int MAX_VALUE = 100;

	/** Shown elsewhere in the message. */
	private static final Set<String> TOLD = Set.of("alertname", "severity");

	private final Set<String> noise;

	Labels(Set<String> noise) {
		this.noise = noise;
	}

	// Returns the labels in one line, without those in the other map and the named one.
	String line(Map<String, String> labels, Map<String, String> without, String told) {
		return labels.entrySet()
			.stream()
			.filter((label) -> isWorthTelling(label.getKey(), label.getValue()))
			.filter((label) -> !without.containsKey(label.getKey()) && !label.getKey().equals(told))
			.map((label) -> part(label.getKey()) + "=" + part(label.getValue()))
			.collect(Collectors.joining(", "));
	}

	// Returns those worth telling as templates loop over them.
	List<Map<String, Object>> list(Map<String, String> labels) {
		return labels.entrySet()
			.stream()
			.filter((label) -> isWorthTelling(label.getKey(), label.getValue()))
			.map((label) -> Map.<String, Object>of("key", part(label.getKey()), "value", part(label.getValue())))
			.toList();
	}

	// Returns all of them as templates name them.
	static Map<String, String> safe(Map<String, String> texts) {
		Map<String, String> safe = new LinkedHashMap<>();
		texts.forEach((name, text) -> safe.put(name, SafeText.block(text)));
		return safe;
	}

	private boolean isWorthTelling(String name, String value) {
		return !value.isBlank() && !TOLD.contains(name) && !this.noise.contains(name) && !name.startsWith("__");
	}

	private static String part(String text) {
		return TextLimit.cut(SafeText.line(text), MAX_VALUE);
	}

}
