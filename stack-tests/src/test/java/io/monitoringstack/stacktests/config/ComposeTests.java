package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docker-compose.yml}: valid without any setting, and each service healthy,
 * bounded and shut off.
 */
class ComposeTests {

	/**
	 * Services whose image holds no program that could ask for their health.
	 */
	private static final Set<String> WITHOUT_HEALTH_CHECK = Set.of("otel-collector", "nginx-exporter");

	@ParameterizedTest
	@ValueSource(strings = { "", "tunnel" })
	void composeAcceptsTheFileWithoutAnySetting(String profile) {
		Tool.Result result = config(Compose.FILE, profile);
		assertThat(result.exitCode()).as(result::toString).isZero();
		assertThat(result.output()).as("warnings").isBlank();
	}

	@Test
	void composeRefusesAMistake(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("mistake.yml"),
				Repository.read(Compose.FILE).replace("    mem_limit: 128m\n", "    memory_limit: 128m\n"));
		Tool.Result result = config(file.toString(), "");
		assertThat(result.exitCode()).as(result::toString).isNotZero();
		assertThat(result.output()).contains("memory_limit");
	}

	@ParameterizedTest
	@MethodSource("services")
	void itIsCheckedForHealthAndStartedAgain(String name) {
		Map<String, Object> service = Compose.service(name);
		assertThat(service).containsEntry("restart", "unless-stopped");
		if (WITHOUT_HEALTH_CHECK.contains(name)) {
			assertThat(service).doesNotContainKey("healthcheck");
			assertThat(block(name)).as("reason for no health check")
				.anyMatch((line) -> line.startsWith("# No health check: "));
			return;
		}
		Map<String, Object> healthcheck = YamlFile.map(service, "healthcheck");
		assertThat(healthcheck).containsKeys("test", "interval", "timeout", "retries", "start_period");
		assertThat(YamlFile.<String>list(healthcheck, "test")).first().isEqualTo("CMD");
	}

	@ParameterizedTest
	@MethodSource("services")
	void itsMemoryAndItsLogAreBounded(String name) {
		Map<String, Object> service = Compose.service(name);
		Map<String, Object> limits = YamlFile.map(YamlFile.map(YamlFile.map(service, "deploy"), "resources"), "limits");
		assertThat(YamlFile.text(service, "mem_limit") + YamlFile.text(limits, "memory")).as("memory limit")
			.matches("\\d+[mg]");
		assertThat(YamlFile.map(YamlFile.map(service, "logging"), "options")).containsKeys("max-size", "max-file");
	}

	@ParameterizedTest
	@MethodSource("services")
	void itHasNoMoreRightsThanItNeeds(String name) {
		Map<String, Object> service = Compose.service(name);
		assertThat(YamlFile.list(service, "cap_drop")).containsExactly("ALL");
		assertThat(YamlFile.list(service, "security_opt")).contains("no-new-privileges:true");
		assertThat(service).doesNotContainKeys("privileged", "container_name");
		if (!Boolean.TRUE.equals(service.get("read_only"))) {
			assertThat(commentAbove(name, "read_only: false")).as("reason for a writable root").startsWith("# ");
		}
		if (service.containsKey("cap_add")) {
			assertThat(commentAbove(name, "cap_add:")).as("reason for a capability").startsWith("# ");
		}
		if (YamlFile.text(service, "user").matches("(0|root)(:.*)?")) {
			assertThat(commentAbove(name, "user:")).as("reason for being root").startsWith("# ");
		}
		if (YamlFile.list(service, "volumes").toString().contains("docker.sock")) {
			assertThat(commentAbove(name, "- /var/run/docker.sock")).as("reason for Docker's socket").startsWith("# ");
		}
	}

	@ParameterizedTest
	@MethodSource("services")
	void itsPortsAreBoundToLoopbackAndCanBeMoved(String name) {
		String port = "\\$\\{BIND_ADDRESS:-127\\.0\\.0\\.1}:\\$\\{%s(?:_[A-Z]+)?_PORT:-\\d+}:\\d+"
			.formatted(variable(name));
		assertThat(YamlFile.<String>list(Compose.service(name), "ports"))
			.allSatisfy((published) -> assertThat(published).matches(port));
	}

	@ParameterizedTest
	@MethodSource("services")
	void itsImageIsPinnedAndCanBeReplaced(String name) {
		String image = YamlFile.text(Compose.service(name), "image");
		if (name.equals("heartbeat-watcher")) {
			assertThat(image).as("the adapter in another mode")
				.isEqualTo(YamlFile.text(Compose.service("dooray-adapter"), "image"));
			assertThat(Compose.service(name)).as("nothing to pull").containsEntry("pull_policy", "never");
			return;
		}
		assertThat(image).startsWith("${%s_IMAGE:-".formatted(variable(name))).endsWith("}");
		String tag = Compose.expand(image).replaceAll("^[^:]*:?", "");
		if (Compose.ourServices().contains(name)) {
			assertThat(Compose.expand(image)).isEqualTo("monitoring-stack/%s:local".formatted(name));
		}
		else {
			assertThat(tag).matches("v?\\d+\\.\\d+(\\.\\d+)?(-.+)?");
		}
	}

	@ParameterizedTest
	@MethodSource("services")
	void itReadsFilesOfTheRepositoryThatExistAndChangesNone(String name) {
		assertThat(YamlFile.<String>list(Compose.service(name), "volumes")
			.stream()
			.map(Compose::expand)
			.filter((volume) -> volume.startsWith(".") || volume.startsWith("/"))).allSatisfy((volume) -> {
				assertThat(volume).endsWith(":ro");
				assertThat(Files.exists(Repository.path(volume.split(":")[0]))).as(volume).isTrue();
			});
	}

	@ParameterizedTest
	@MethodSource("services")
	void itSaysWhatItIsFor(String name) {
		List<String> lines = Repository.read(Compose.FILE).lines().toList();
		assertThat(lines.get(lines.indexOf("  " + name + ":") - 1)).startsWith("  # ");
	}

	@Test
	void theAgreedSecretFilesExistAndAreEmpty() {
		YamlFile.map(Compose.file(), "secrets").values().forEach((secret) -> {
			@SuppressWarnings("unchecked")
			String file = Compose.expand(YamlFile.text((Map<String, Object>) secret, "file"));
			assertThat(Repository.path(file)).isEmptyFile();
		});
	}

	@Test
	void whoeverIsPublishedHasItsPortInTheHeadOfTheFile() {
		List<String> published = Compose.services()
			.keySet()
			.stream()
			.filter((name) -> !YamlFile.list(Compose.service(name), "ports").isEmpty())
			.map((name) -> YamlFile.<String>list(Compose.service(name), "ports")
				.stream()
				.map((port) -> Compose.expand(port).split(":")[1])
				.collect(Collectors.joining(", ", " ", " " + name)))
			.toList();
		String head = Repository.read(Compose.FILE)
			.lines()
			.takeWhile((line) -> line.startsWith("#"))
			.reduce("", String::concat);
		assertThat(published).isNotEmpty().allSatisfy((port) -> assertThat(head).contains(port));
	}

	@Test
	void everyNamedVolumeIsUsedAndDeclared() {
		Set<String> used = Compose.services()
			.keySet()
			.stream()
			.flatMap((name) -> YamlFile.<String>list(Compose.service(name), "volumes").stream())
			.map((volume) -> Compose.expand(volume).split(":")[0])
			.filter((source) -> !source.startsWith(".") && !source.startsWith("/"))
			.collect(Collectors.toSet());
		assertThat(YamlFile.map(Compose.file(), "volumes").keySet()).isNotEmpty().isEqualTo(used);
	}

	@Test
	void onlyTheTunnelWaitsForAProfile() {
		assertThat(services().filter((name) -> Compose.service(name).containsKey("profiles")))
			.containsExactly("cloudflared");
	}

	/**
	 * Those that send their log by OTLP say so to Promtail, with a label that is empty
	 * once they do not.
	 */
	@Test
	void whoeverSendsItsLogByOtlpIsLeftAloneByPromtail() {
		List<String> sending = services().filter(
				(name) -> YamlFile.map(Compose.service(name), "environment").containsKey("OTEL_EXPORTER_OTLP_ENDPOINT"))
			.toList();
		assertThat(sending).contains("demo-app", "pushgateway-proxy", "dooray-adapter");
		assertThat(services()
			.filter((name) -> YamlFile.map(Compose.service(name), "labels").containsKey("io.monitoringstack.logs")))
			.containsExactlyElementsOf(sending);
		assertThat(Repository.read("config/promtail.yml"))
			.contains("[__meta_docker_container_label_io_monitoringstack_logs]");
	}

	private static Tool.Result config(String file, String profile) {
		Set<String> variables = new TreeSet<>(Compose.variables().keySet());
		variables.add("COMPOSE_PROFILES");
		return Tool.docker()
			.without(variables)
			.run("compose", "--env-file", "/dev/null", "--project-directory", ".", "--file", file, "--profile", profile,
					"config", "--quiet");
	}

	private static String commentAbove(String service, String line) {
		List<String> lines = Repository.read(Compose.FILE)
			.lines()
			.dropWhile((one) -> !one.equals("  " + service + ":"))
			.map(String::strip)
			.toList();
		for (int i = 1; i < lines.size(); i++) {
			if (lines.get(i).startsWith(line)) {
				return lines.get(i - 1);
			}
		}
		return "";
	}

	private static List<String> block(String service) {
		return Repository.read(Compose.FILE)
			.lines()
			.dropWhile((one) -> !one.equals("  " + service + ":"))
			.skip(1)
			.takeWhile((one) -> !one.matches("  [a-z-]+:") && !one.matches("[a-z-]+:"))
			.map(String::strip)
			.toList();
	}

	private static String variable(String service) {
		return service.toUpperCase(Locale.ROOT).replace('-', '_');
	}

	private static Stream<String> services() {
		Set<String> names = Compose.services().keySet();
		assertThat(names).isNotEmpty();
		return names.stream();
	}

}
