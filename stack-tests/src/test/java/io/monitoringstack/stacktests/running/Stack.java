package io.monitoringstack.stacktests.running;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

import org.springframework.util.function.SingletonSupplier;

/**
 * The stack under test: where its parts answer, and the commands a person uses on it.
 * Compose is called as the scripts call it, so that project, settings and images are the
 * same.
 */
final class Stack {

	static final Path ROOT = root();

	static final URI PROMETHEUS = address("PROMETHEUS_URL", 9090);

	static final URI PROXY = address("PROXY_URL", 9091);

	static final URI ALERTMANAGER = address("ALERTMANAGER_URL", 9093);

	static final URI ADAPTER = address("ADAPTER_URL", 9095);

	static final URI SIMULATOR = address("SIMULATOR_URL", 9096);

	static final URI DEMO_APP = address("DEMO_APP_URL", 8000);

	static final URI NGINX = address("NGINX_URL", 80);

	static final URI GRAFANA = address("GRAFANA_URL", 3000);

	static final URI LOKI = address("LOKI_URL", 3100);

	static final URI COLLECTOR = address("COLLECTOR_URL", 4318);

	static final URI COLLECTOR_GRPC = address("COLLECTOR_GRPC_URL", 4317);

	private static final Duration LIMIT = Duration.ofMinutes(4);

	private static final Supplier<Set<String>> RUNNING = SingletonSupplier.of(() -> containers().keySet());

	private static final Set<String> MISSED = ConcurrentHashMap.newKeySet();

	private Stack() {
	}

	static Shell.Result monitoring(String... arguments) {
		return monitoring(Map.of(), arguments);
	}

	static Shell.Result monitoring(Map<String, String> environment, String... arguments) {
		return Shell.run(environment, LIMIT,
				Stream.concat(Stream.of("./monitoring"), Arrays.stream(arguments)).toList());
	}

	static Shell.Result compose(String... arguments) {
		return compose(Map.of(), arguments);
	}

	static Shell.Result compose(Map<String, String> environment, String... arguments) {
		return inScripts(environment, "compose \"$@\"", arguments).orFail();
	}

	/**
	 * Return a setting as compose sees it.
	 * @param name name of the variable
	 * @param absent value when it is not set
	 * @return its value
	 */
	static String setting(String name, String absent) {
		return inScripts(Map.of(), "setting \"$@\"", name, absent).orFail().out();
	}

	/**
	 * Return the header by which Grafana knows its first user.
	 * @return name and value
	 */
	static Map<String, String> grafanaAdmin() {
		String user = setting("GRAFANA_ADMIN_USER", "admin") + ":" + setting("GRAFANA_ADMIN_PASSWORD", "admin");
		return Map.of("Authorization",
				"Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Return the file with the settings of this stack.
	 * @return the file, absent when all defaults hold
	 */
	static Optional<Path> settingsFile() {
		String name = Objects.requireNonNullElse(System.getenv("MONITORING_ENV_FILE"), ".env");
		return Optional.of(ROOT.resolve(name)).filter(Files::exists);
	}

	/**
	 * Return the services that the scripts start: all of the chosen size but those whose
	 * image cannot be had.
	 * @return names
	 */
	static List<String> services() {
		return inScripts(Map.of(), "services_of_size").orFail().out().lines().toList();
	}

	static Shell.Result exec(String service, String... command) {
		String[] arguments = Stream.concat(Stream.of("exec", "-T", service), Arrays.stream(command))
			.toArray(String[]::new);
		return inScripts(Map.of(), "compose \"$@\"", arguments);
	}

	/**
	 * Return all containers as Docker describes them.
	 * @return descriptions by name of the service
	 */
	static Map<String, JsonNode> containers() {
		List<String> command = Stream
			.concat(Stream.of("docker", "inspect"), compose("ps", "--all", "--quiet").out().lines())
			.toList();
		Map<String, JsonNode> containers = new LinkedHashMap<>();
		for (JsonNode container : Http.json(Shell.run(Map.of(), LIMIT, command).orFail().out())) {
			containers.put(label(container, "com.docker.compose.service"), container);
		}
		return containers;
	}

	static String label(JsonNode container, String name) {
		return container.path("Config").path("Labels").path(name).asString();
	}

	/**
	 * Skip the test where the running stack has no such part: one of the smaller sizes,
	 * or a machine without its image.
	 * @param services what the test needs
	 */
	static void assumeRuns(String... services) {
		Set<String> running = RUNNING.get();
		for (String service : services) {
			if (!running.contains(service)) {
				String reason = "Skipped: %s is not part of the running stack.".formatted(service);
				if (MISSED.add(service)) {
					Report.line(reason);
				}
				Assumptions.abort(reason);
			}
		}
	}

	static JsonNode container(String service) {
		return Objects.requireNonNull(containers().get(service), service);
	}

	static void awaitHealthy(String service) {
		Awaitility.await("health of " + service)
			.atMost(Duration.ofSeconds(90))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> container(service).path("State").path("Health").path("Status").asString(), "healthy"::equals);
	}

	private static Shell.Result inScripts(Map<String, String> environment, String script, String... arguments) {
		return Shell.run(environment, LIMIT,
				Stream
					.concat(Stream.of("bash", "-c", "set -euo pipefail; . scripts/lib.sh; " + script, "stack-tests"),
							Arrays.stream(arguments))
					.toList());
	}

	private static URI address(String variable, int port) {
		return URI.create(Objects.requireNonNullElse(System.getenv(variable),
				"http://localhost" + ((port != 80) ? ":" + port : "")));
	}

	private static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.exists(folder.resolve("docker-compose.yml"))) {
			folder = Objects.requireNonNull(folder.getParent(), "docker-compose.yml is in no folder above this one");
		}
		return folder;
	}

}
