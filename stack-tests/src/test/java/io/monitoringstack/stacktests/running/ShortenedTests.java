package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShortenedTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "        for: 5m | for: 30000ms", "        for: 0s | for: 0ms",
					"        keep_firing_for: 1m | keep_firing_for: 12000ms", "    interval: 5s | interval: 3000ms",
					"    interval: 2m | interval: 12000ms", "  scrape_interval: 15s | scrape_interval: 3000ms",
					"      group_wait: 30s | group_wait: 3000ms", "rate(x{a=\"5m\"}[5m]) | rate(x{a=\"5m\"}[30000ms])",
					"rate(x[1m]) | rate(x[12000ms])", "x:rate5m > 5 | x:rate5m > 5",
					"# for: 5m, as [5m | # for: 5m, as [5m", "summary: for 5m | summary: for 5m" })
	void shortensWhatIsWaitedForAndNothingElse(String line, String shorter) {
		assertThat(Shortened.text(line).strip()).isEqualTo(shorter.strip());
	}

	@Test
	void leavesWhatIsMeasuredAsItIs() {
		String waited = "expr: max(local:threshold:container_age:seconds) or vector(600)";
		String measured = "expr: max(local:threshold:response_time:seconds) or vector(1)";
		assertThat(Shortened.text(waited)).endsWith("vector(60.0)");
		assertThat(Shortened.text(measured)).isEqualTo(measured);
	}

	@Test
	void knowsEveryThresholdInSeconds() throws IOException {
		Set<String> recorded = Pattern.compile("record: (threshold:\\w+:seconds)")
			.matcher(Files.readString(Stack.ROOT.resolve("config/rules/thresholds.yml")))
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> known = new TreeSet<>(Shortened.WAITED);
		known.addAll(Shortened.MEASURED);
		assertThat(known).isEqualTo(recorded);
	}

	/**
	 * The expressions, labels and words of the rules are those that are shipped.
	 */
	@Test
	void changesNothingButTimesInTheShippedRules() throws IOException {
		for (String file : new String[] { "application", "containers", "targets", "probes", "batch" }) {
			String shipped = Files.readString(Stack.ROOT.resolve("config/rules/%s.yml".formatted(file)));
			String times = "(\\[|for: |interval: )\\d+(ms|[smhd])";
			assertThat(Shortened.text(shipped).replaceAll(times, "$1TIME"))
				.isEqualTo(shipped.replaceAll(times, "$1TIME"));
		}
	}

}
