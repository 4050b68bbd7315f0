package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which receivers an alert has with each further way switched on, as amtool sees the
 * configuration that is put together.
 */
class FurtherRoutesTests {

	private static final Map<String, Map<String, String>> WAYS = Map.of( //
			"nothing", Map.of(), //
			"slack", Map.of("secrets/slack-webhook-url", "https://hooks.slack.example.com/xxx"), //
			"mail", Map.of("MAIL_TO", "ops@example.com"), //
			"pager", Map.of("secrets/pagerduty-routing-key", "xxx"));

	@TempDir
	private Path folder;

	@Test
	void withNothingSwitchedOnItIsTheFileInTheRepository() throws IOException {
		Map<String, Object> assembled = YamlFile.read(assemble("nothing"));
		Map<String, Object> file = YamlFile.read("config/alertmanager.yml");
		assembled.remove("templates");
		file.remove("templates");
		assertThat(assembled).isEqualTo(file);
	}

	@ParameterizedTest
	@CsvSource({ "nothing, severity=critical, dooray-critical", //
			"slack, severity=critical, slack dooray-critical", //
			"slack, severity=warning, slack dooray-warning", //
			"slack, severity=info, dooray", //
			"mail, severity=critical, mail dooray-critical", //
			"mail, severity=warning, mail dooray-warning", //
			"pager, severity=critical, pager dooray-critical", //
			"pager, severity=warning, dooray-warning", //
			"slack+mail+pager, severity=critical, slack mail pager dooray-critical", //
			"slack+mail+pager, severity=warning, slack mail dooray-warning", //
			"slack+mail+pager, severity=critical selftest=true, dooray-selftest", //
			"slack+mail+pager, alertname=Watchdog severity=none, heartbeat" })
	void alertsGoTo(String ways, String labels, String receivers) throws IOException {
		String file = assemble(ways.split("\\+")).toString();
		Tool.Result result = Tool.named("amtool")
			.run(Stream
				.concat(Stream.of("config", "routes", "test", "--config.file=" + file), Stream.of(labels.split(" ")))
				.toArray(String[]::new));
		assertThat(result.exitCode()).as(result::toString).isZero();
		List<String> lines = result.output()
			.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("Warning: --config.file"))
			.toList();
		assertThat(lines).containsExactly(receivers.replace(' ', ','));
	}

	@Test
	void aValueCannotBringSettingsAlong() throws IOException {
		String value = "a\"\nroute: {receiver: nobody}\n\\\"b ${MAIL_FROM} {{ . }}";
		Map<String, Object> assembled = YamlFile
			.read(AssembledConfiguration.assemble(AssembledConfiguration.copy(this.folder.resolve("config")),
					Map.of("MAIL_TO", "ops@example.com", "MAIL_USERNAME", value)));
		Map<String, Object> receiver = YamlFile.maps(assembled, "receivers")
			.stream()
			.filter((one) -> "mail".equals(one.get("name")))
			.findFirst()
			.orElseThrow();
		assertThat(YamlFile.maps(receiver, "email_configs").get(0)).containsEntry("auth_username",
				value.replace("\n", ""));
		assertThat(YamlFile.map(assembled, "route")).containsEntry("receiver", "dooray");
	}

	@Test
	void secretsAreNamedByTheirFilesOnly() throws IOException {
		String file = Repository.read(assemble("slack", "mail", "pager"));
		assertThat(file)
			.contains("api_url_file: /run/secrets/slack-webhook-url",
					"routing_key_file: /run/secrets/pagerduty-routing-key",
					"auth_password_file: /run/secrets/mail-password")
			.doesNotContain("xxx");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stack.headline", "slack.text", "mail.subject", "mail.text", "mail.html", "pager.firing" })
	void amtoolRendersEachTemplateInBothLanguages(String template) throws IOException {
		Path data = Files.writeString(this.folder.resolve("data.json"), """
				{"receiver": "any", "status": "firing", "externalURL": "http://alerts.example.com",
				"groupLabels": {}, "commonLabels": {"alertname": "DiskFull"}, "commonAnnotations": {},
				"alerts": [{"status": "firing", "labels": {"alertname": "DiskFull", "severity": "critical"},
				"annotations": {"summary": "The disk is full.", "summary_ko": "디스크가 가득 참"},
				"startsAt": "2026-01-02T03:04:05Z", "endsAt": "0001-01-01T00:00:00Z"},
				{"status": "resolved", "labels": {"alertname": "DiskFull", "severity": "warning"},
				"annotations": {}, "startsAt": "2026-01-02T03:04:05Z", "endsAt": "2026-01-02T04:05:06Z"}]}
				""");
		AssembledConfiguration.readable(this.folder);
		for (String language : List.of("ko", "en")) {
			Tool.Result result = Tool.named("amtool")
				.run("template", "render", "--template.glob=config/templates/*.tmpl", "--template.data=" + data,
						"--template.text={{ template \"%s.%s\" . }}".formatted(template, language));
			assertThat(result.exitCode()).as(result::toString).isZero();
			assertThat(result.output()).doesNotContain("<no value>").isNotBlank();
			assertThat(result.output().matches("(?s).*[가-힣].*")).as(result::toString).isEqualTo(language.equals("ko"));
		}
	}

	private Path assemble(String... ways) throws IOException {
		Map<String, String> settings = new HashMap<>();
		for (String way : ways) {
			settings.putAll(WAYS.get(way));
		}
		return AssembledConfiguration.assemble(AssembledConfiguration.copy(this.folder.resolve("config")), settings);
	}

}
