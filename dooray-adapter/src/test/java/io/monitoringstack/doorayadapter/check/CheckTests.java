package io.monitoringstack.doorayadapter.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.doorayadapter.DoorayAdapterApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The check as a program of its own, because its exit code is what scripts read.
 */
class CheckTests {

	private static final String HOOK = "https://hook.dooray.com/services/1/2/S3CR3T-hook";

	@TempDir
	Path folder;

	@Test
	void explainsAGoodConfigurationAndTheWayOfTheGivenAlert() throws Exception {
		Path body = Path.of("src/test/resources/golden/mixed.json").toAbsolutePath();
		Result result = run(Map.of("DOORAY_HOOK_URL_WARNING", HOOK, "DOORAY_HOOK_URL_DB",
				"https://hook.gov-dooray.com/S3CR3T-new " + HOOK, "WEBHOOK_BEARER_TOKEN", "S3CR3T-token",
				"GRAFANA_EXTERNAL_URL", "https://mon.example.com", "NOTIFY_LANGUAGE_DB", "en", "NOTIFY_LANGUAGE_GLOBL",
				"en"), body.toString());
		assertThat(result.output()).contains("warning        https://hook.dooray.com/***\n",
				"critical       https://hook.dooray.com/***  (no hook of its own: warning stands in)",
				"db             https://hook.gov-dooray.com/***, when that is refused the old one: https://hook.dooray.com/***",
				"  all            ko\n", "  db             en\n", "  globl          en  (there is no such channel)\n",
				"GRAFANA_EXTERNAL_URL       https://mon.example.com\n", "RUNBOOK_BASE_URL           not set",
				"channel        critical", "hook of        warning", "first line     [심각] 발생 2")
			.endsWith("\nOK\n")
			.doesNotContain("S3CR3T");
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void saysInOneSentenceWhatIsWrong() throws Exception {
		Result result = run(Map.of("DOORAY_HOOK_URL", "https://elsewhere.example/services/1/2/S3CR3T-hook"));
		assertThat(result.output()).isEqualTo("\nDOORAY_HOOK_URL points to a host that is neither Dooray's (by https) "
				+ "nor listed in DOORAY_ALLOWED_HOSTS.\nNOT OK\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void saysWhichAllowedAddressIsNone() throws Exception {
		Result result = run(Map.of("WEBHOOK_ALLOWED_ADDRESSES", "10.0.0.0/8,10.0.0.0/99"));
		assertThat(result.output()).contains("WEBHOOK_ALLOWED_ADDRESSES: entry 2 is no address and no network such as")
			.endsWith("\nNOT OK\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void saysWhichLanguageThereIsNot() throws Exception {
		Result result = run(Map.of("NOTIFY_LANGUAGE_GLOBAL", "english"));
		assertThat(result.output()).isEqualTo("\nNOTIFY_LANGUAGE_GLOBAL has to be ko or en\nNOT OK\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void saysWhomASampleAlertWouldMention() throws Exception {
		Path table = Files.writeString(this.folder.resolve("duty.yml"), "teams: {default: {always: '@Kim'}}");
		Result result = run(Map.of("DUTY_FILE", table.toString()));
		assertThat(result.output()).containsPattern("  mentions       @Kim {2}\\(team default, [a-z]+: it is 20")
			.endsWith("\nOK\n");
		assertThat(run(Map.of()).output()).contains("  mentions       nobody: DUTY_FILE is not set or empty");
	}

	@Test
	void refusesADutyTableThatItCannotUse() throws Exception {
		Path table = Files.writeString(this.folder.resolve("duty.yml"), "teams: {a: {nights: '@Kim'}}");
		Result result = run(Map.of("DUTY_FILE", table.toString()));
		assertThat(result.output()).contains("DUTY_FILE: teams.a.nights is not known: weekday, night")
			.endsWith("\nNOT OK\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void saysInWhichLineATemplateIsWrong() throws Exception {
		Files.writeString(this.folder.resolve("critical.mustache"), "=== title\n{{sumary}}\n");
		Result result = run(Map.of("NOTIFY_TEMPLATE_DIR", this.folder.toString()));
		assertThat(result.output()).contains("Templates\n  critical\n")
			.endsWith("\ncritical.mustache line 2: there is nothing named sumary in this part\nNOT OK\n");
		assertThat(result.exitCode()).isEqualTo(1);
	}

	@Test
	void saysHowItIsUsed() {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		int exitCode = Check.run(DoorayAdapterApplication.class, new String[] { "--check", "--yes" },
				InputStream.nullInputStream(), new PrintStream(output, true, StandardCharsets.UTF_8));
		assertThat(output.toString(StandardCharsets.UTF_8))
			.isEqualToNormalizingNewlines("--yes belongs to --probe.\n" + CheckArguments.USAGE + "\n");
		assertThat(exitCode).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "--check --probe, needs the name", "--check --probe --yes, needs the name",
			"--check a b, Not understood: b", "--check --hurry, Not understood: --hurry" })
	void refusesWhatItDoesNotUnderstand(String arguments, String explanation) {
		assertThatIllegalArgumentException().isThrownBy(() -> CheckArguments.of(arguments.split(" ")))
			.withMessageContaining(explanation);
	}

	@Test
	void passesSettingsOnToTheService() {
		assertThat(CheckArguments.of("--check", "-", "--probe", "dba", "--yes", "--notify.language=en"))
			.isEqualTo(new CheckArguments("-", "dba", true, List.of("--notify.language=en")));
	}

	private static Result run(Map<String, String> variables, String... arguments)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
				"-Xmx128m", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=US-ASCII", "-cp",
				System.getProperty("java.class.path"), DoorayAdapterApplication.class.getName(), "--check"));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment()
			.keySet()
			.removeIf((name) -> name.matches("(DOORAY|WEBHOOK|NOTIFY|DUTY|DIGEST|JAVA_TOOL).*|.*_URL"));
		builder.environment().putAll(variables);
		Process process = builder.start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return new Result(process.exitValue(), output);
	}

	private record Result(int exitCode, String output) {

	}

}
