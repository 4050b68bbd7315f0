package io.monitoringstack.stacktests.config;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docker-compose.yml}: valid without any setting, and each service healthy,
 * bounded and shut off.
 */
class ComposeTests {

	@Test
	void composeAcceptsTheFileWithoutAnySetting() {
		Tool.Result result = Tool.docker()
			.without(Compose.variables().keySet())
			.run("compose", "--env-file", "/dev/null", "--file", Compose.FILE, "config", "--quiet");
		assertThat(result.exitCode()).as(result::toString).isZero();
		assertThat(result.output()).as("warnings").isBlank();
	}

	@ParameterizedTest
	@MethodSource("services")
	void itIsCheckedForHealthAndStartedAgain(String name) {
		Map<String, Object> service = Compose.service(name);
		Map<String, Object> healthcheck = YamlFile.map(service, "healthcheck");
		assertThat(healthcheck).containsKeys("test", "interval", "timeout", "retries", "start_period");
		assertThat(YamlFile.<String>list(healthcheck, "test")).first().isEqualTo("CMD");
		assertThat(service).containsEntry("restart", "unless-stopped");
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
	}

	@ParameterizedTest
	@MethodSource("services")
	void itsPortsAreBoundToLoopbackAndCanBeMoved(String name) {
		String port = "\\$\\{BIND_ADDRESS:-127\\.0\\.0\\.1}:\\$\\{%s_PORT:-\\d+}:\\d+".formatted(variable(name));
		assertThat(YamlFile.<String>list(Compose.service(name), "ports"))
			.allSatisfy((published) -> assertThat(published).matches(port));
	}

	@ParameterizedTest
	@MethodSource("services")
	void itsImageIsPinnedAndCanBeReplaced(String name) {
		String image = YamlFile.text(Compose.service(name), "image");
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
			.map((name) -> Compose.expand(YamlFile.<String>list(Compose.service(name), "ports").get(0)).split(":")[1]
					+ " " + name)
			.toList();
		String head = Repository.read(Compose.FILE)
			.lines()
			.takeWhile((line) -> line.startsWith("#"))
			.reduce("", String::concat);
		assertThat(published).isNotEmpty().allSatisfy((port) -> assertThat(head).contains(port));
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

	private static String variable(String service) {
		return service.toUpperCase(Locale.ROOT).replace('-', '_');
	}

	private static Stream<String> services() {
		Set<String> names = Compose.services().keySet();
		assertThat(names).isNotEmpty();
		return names.stream();
	}

}
