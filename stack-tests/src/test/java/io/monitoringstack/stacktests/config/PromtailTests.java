package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which level Promtail itself gives to the lines of each program of the stack.
 */
class PromtailTests {

	private static final int RUNS = 8;

	private static final Pattern ENTRY = Pattern.compile("(?m)^\\S+\\t\\{level=\"(\\w+)\"}\\t(.*)$");

	/**
	 * Level, then a line as the program writes it.
	 */
	private static final List<String> LINES = List.of(
			// Prometheus, its exporters, Grafana, Loki, Tempo.
			"info|time=2026-11-21T16:30:27.880Z level=INFO source=main.go:98 msg=\"Server is ready\"",
			"warn|time=2026-11-21T16:30:27.880Z level=WARN source=x.go:1 msg=\"Notify attempt failed\"",
			"error|level=error ts=2026-11-21T16:35:53.79Z caller=main.go:169 msg=\"error creating promtail\"",
			"error|logger=context t=2026-11-21T16:35:53Z level=error msg=\"Request error\"",
			"debug|level=debug ts=2026-11-21T16:35:53.79Z msg=\"x\"",
			// nginx: its access log by the answer's status, its error log.
			access("info", "200"), access("info", "302"), access("warn", "404"), access("error", "503"),
			"error|2026/11/21 16:30:28 [error] 7#7: *1 connect() failed (111: Connection refused)",
			"fatal|2026/11/21 16:30:28 [emerg] 1#1: getgrnam failed",
			"info|2026/11/21 16:30:28 [notice] 1#1: start worker process 7",
			// Redis.
			"info|1:M 21 Nov 2026 16:19:06.123 * Ready to accept connections tcp",
			"warn|1:M 21 Nov 2026 16:19:06.123 # WARNING Memory overcommit must be enabled!",
			"debug|1:M 21 Nov 2026 16:19:06.123 - Accepted 127.0.0.1:6379",
			// PostgreSQL.
			"info|2026-11-21 16:19:06.123 UTC [1] LOG:  database system is ready to accept connections",
			"error|2026-11-21 16:19:06.123 UTC [77] ERROR:  relation \"nothing\" does not exist at character 15",
			"fatal|2026-11-21 16:19:06.123 UTC [77] FATAL:  password authentication failed for user \"memos\"",
			"warn|2026-11-21 16:19:06.123 UTC [77] WARNING:  there is no transaction in progress",
			// Spring Boot, as text and as JSON in both forms.
			"warn|2026-11-21T16:30:27.880Z  WARN 1 --- [main] i.m.Application : level=error in the text",
			"error|{\"@timestamp\":\"2026-11-21T16:30:27Z\",\"message\":\"x\",\"level\":\"ERROR\",\"level_value\":40000}",
			"warn|{\"@timestamp\":\"2026-11-21T16:30:27Z\",\"log.level\":\"WARN\",\"message\":\"x\"}",
			// The Collector, cAdvisor, and what nobody understands.
			"warn|2026-11-21T16:30:27.880Z\twarn\tinternal/retry_sender.go:133\tExporting failed",
			"info|I1121 16:30:27.880000       1 manager.go:217] Machine",
			"warn|W1121 16:30:27.880000       1 x.go:1] y", "info|it works", "info|no errors, no level");

	@Test
	void everyProgramsLinesGetTheirLevel() throws IOException {
		String input = LINES.stream()
			.map((line) -> line.substring(line.indexOf('|') + 1))
			.collect(Collectors.joining("\n", "", "\n"));
		Set<String> expected = LINES.stream().map((line) -> line.replace("\t", "")).collect(Collectors.toSet());
		Set<String> found = new HashSet<>();
		// The dry run prints from several threads and drops tabs, now and then a line.
		for (int i = 0; i < RUNS && !found.equals(expected); i++) {
			Tool.Result result = StockConfigurationTests.Checked.PROMTAIL.check("levels",
					StockConfigurationTests.Checked.PROMTAIL.text(), input);
			assertThat(result.exitCode()).as(result::toString).isZero();
			Matcher entry = ENTRY.matcher(result.output());
			while (entry.find()) {
				found.add(entry.group(1) + "|" + entry.group(2).replace("\t", ""));
			}
		}
		assertThat(found).isEqualTo(expected);
	}

	private static String access(String level, String status) {
		return "%s|{\"time\":\"2026-11-21T16:30:27+00:00\",\"method\":\"GET\",\"path\":\"/error\",\"status\":\"%s\",\"bytes\":9}"
			.formatted(level, status);
	}

}
