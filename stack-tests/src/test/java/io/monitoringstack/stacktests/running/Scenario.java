package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;

/**
 * A trouble, and the one alert that is to tell of it.
 *
 * @param key what {@link Breakage} knows it by
 * @param wave troubles of one wave happen at the same time
 * @param alert name of the alert
 * @param subject word in the message that says what it is about
 */
record Scenario(String key, int wave, String alert, String subject) {

	static List<Scenario> all() {
		try (InputStream file = Scenario.class.getResourceAsStream("/scenarios.yml")) {
			return new Yaml().<List<Map<String, Object>>>load(file)
				.stream()
				.map((one) -> new Scenario((String) one.get("key"), (Integer) one.get("wave"),
						(String) one.get("alert"), (String) one.get("subject")))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean isToldBy(Simulator.Told told) {
		return told.alert().equals(this.alert) && told.text().contains(this.subject);
	}

	@Override
	public String toString() {
		return this.key + " -> " + this.alert;
	}

}
