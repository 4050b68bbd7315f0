package io.monitoringstack.stacktests.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code .env.example} is the manual of the compose file's variables: the same names, the
 * same defaults, a comment each.
 */
class EnvExampleTests {

	/**
	 * Compose gives it itself.
	 */
	private static final String PROJECT = "COMPOSE_PROJECT_NAME";

	/**
	 * What the scripts read on their own.
	 */
	private static final Pattern READ_BY_SCRIPT = Pattern.compile("(?:\\$\\(|\\{ )setting ([A-Z][A-Z0-9_]*) ");

	private static final Pattern SETTING = Pattern.compile("#?([A-Z][A-Z0-9_]*)=(.*)");

	@Test
	void itHoldsTheVariablesThatComposeAndTheScriptsReadAndNoOther() {
		Set<String> read = new TreeSet<>(Compose.variables().keySet());
		Repository.files("scripts", ".sh")
			.forEach((script) -> READ_BY_SCRIPT.matcher(Repository.read(script))
				.results()
				.forEach((match) -> read.add(match.group(1))));
		read.remove(PROJECT);
		assertThat(settings().keySet()).isEqualTo(read);
	}

	@Test
	void itsValuesAreTheDefaults() {
		Compose.variables().forEach((name, values) -> {
			// Of a label's value nobody reads more than whether there is one.
			List<String> defaults = values.stream().filter((value) -> !value.equals("otlp")).toList();
			assertThat(defaults).as("defaults of %s", name).hasSize(1);
			if (!defaults.get(0).isEmpty()) {
				assertThat(settings().get(name)).as(name).isEqualTo(defaults.get(0));
			}
		});
	}

	@Test
	void everyVariableHasACommentOfItsOwn() {
		List<String> lines = lines();
		for (int i = 0; i < lines.size(); i++) {
			if (SETTING.matcher(lines.get(i)).matches()) {
				assertThat((i > 0) ? lines.get(i - 1) : "").as("line above %s", lines.get(i))
					.startsWith("# ")
					.doesNotStartWith("# ---")
					.endsWith(".");
			}
		}
	}

	@Test
	void aCopyOfItChangesNothing() {
		assertThat(lines()).as("settings that are not commented out")
			.noneMatch((line) -> !line.startsWith("#") && SETTING.matcher(line).matches());
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new TreeMap<>();
		for (String line : lines()) {
			Matcher setting = SETTING.matcher(line);
			if (setting.matches()) {
				assertThat(settings.put(setting.group(1), setting.group(2)))
					.as("%s stands there once", setting.group(1))
					.isNull();
			}
		}
		return settings;
	}

	private static List<String> lines() {
		return Repository.read(".env.example").lines().toList();
	}

}
