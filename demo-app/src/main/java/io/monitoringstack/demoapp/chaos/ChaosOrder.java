package io.monitoringstack.demoapp.chaos;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * A checked request to break something.
 *
 * @param parameters value of each parameter of the switch
 * @param duration when it is to end by itself
 */
record ChaosOrder(Map<String, Double> parameters, Duration duration) {

	static final String DURATION = "duration";

	/**
	 * Checks what somebody asked for.
	 * @param chaosSwitch what is to be broken
	 * @param asked parameters by name, and perhaps a {@code duration} such as
	 * {@code 90s}, {@code 5m} or {@code PT5M}; a bare number is seconds
	 * @param properties default and greatest duration
	 * @return the order
	 * @throws InvalidChaosException naming what would be right
	 */
	static ChaosOrder of(ChaosSwitch chaosSwitch, Map<String, String> asked, ChaosProperties properties) {
		Map<String, Double> parameters = new LinkedHashMap<>();
		for (ChaosParameter parameter : chaosSwitch.parameters()) {
			String text = asked.get(parameter.name());
			parameters.put(parameter.name(), (text != null) ? parameter.parse(text) : parameter.value());
		}
		for (String name : asked.keySet()) {
			if (!DURATION.equals(name) && !parameters.containsKey(name)) {
				throw new InvalidChaosException(
						"Unknown parameter; '%s' takes %s".formatted(chaosSwitch.key(), names(parameters.keySet())));
			}
		}
		return new ChaosOrder(parameters, duration(asked.get(DURATION), properties));
	}

	private static String names(Collection<String> parameters) {
		return Stream.concat(parameters.stream(), Stream.of(DURATION))
			.map("'%s'"::formatted)
			.collect(Collectors.joining(", "));
	}

	private static Duration duration(@Nullable String text, ChaosProperties properties) {
		if (text == null) {
			return properties.defaultDuration();
		}
		Duration duration;
		try {
			duration = DurationStyle.detectAndParse(text.strip(), ChronoUnit.SECONDS);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new InvalidChaosException("'duration' must look like 90s, 5m or PT5M");
		}
		if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(properties.maxDuration()) > 0) {
			throw new InvalidChaosException(
					"'duration' must be between 1s and %ds".formatted(properties.maxDuration().toSeconds()));
		}
		return duration;
	}

}
