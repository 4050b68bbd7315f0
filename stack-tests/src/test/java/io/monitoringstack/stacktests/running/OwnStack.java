package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * A stack that a test starts for itself, with its own project, free ports and no data of
 * anybody else, by the command a person types.
 */
final class OwnStack {

	private static final Duration LIMIT = Duration.ofMinutes(6);

	private static final Pattern PORT = Pattern.compile("\\$\\{([A-Z_]+_PORT):-\\d+}:\\d");

	private final Map<String, String> environment;

	private final Map<String, Integer> ports;

	private final String project;

	private OwnStack(String project, Map<String, String> environment, Map<String, Integer> ports) {
		this.project = project;
		this.environment = environment;
		this.ports = ports;
	}

	/**
	 * Choose ports and write the settings. Nothing is started.
	 * @param folder where the settings lie
	 * @param project name of the compose project
	 * @return the stack
	 * @throws IOException if the settings cannot be written
	 */
	static OwnStack in(Path folder, String project) throws IOException {
		Map<String, Integer> ports = freePorts(PORT.matcher(Files.readString(Stack.ROOT.resolve("docker-compose.yml")))
			.results()
			.map((match) -> match.group(1))
			.toList());
		Path settings = folder.resolve("settings.env");
		Path hooks = Files.createDirectory(folder.resolve("hooks"));
		Files.write(settings,
				Stream
					.concat(ports.entrySet().stream().map((port) -> port.getKey() + "=" + port.getValue()),
							Stream.of("DOORAY_HOOK_DIR=" + hooks))
					.toList());
		// The size is chosen by the command, whatever the environment says.
		return new OwnStack(project,
				Map.of("COMPOSE_PROJECT_NAME", project, "MONITORING_ENV_FILE", settings.toString(), "STACK_SIZE", ""),
				ports);
	}

	Shell.Result monitoring(String... arguments) {
		return Shell.run(this.environment, LIMIT,
				Stream.concat(Stream.of("./monitoring"), Arrays.stream(arguments)).toList());
	}

	URI address(String portVariable) {
		return URI.create("http://localhost:" + Objects.requireNonNull(this.ports.get(portVariable), portVariable));
	}

	/**
	 * Return the services that have a running container.
	 * @return names
	 */
	Set<String> running() {
		return docker("ps", "--filter", mine(), "--format", "{{.Label \"com.docker.compose.service\"}}").lines()
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return what the scripts say of a size.
	 * @param function {@code wanted_services}, or {@code services_of_size} without those
	 * whose image cannot be had
	 * @param size name of the size
	 * @return names
	 */
	Set<String> services(String function, String size) {
		return Shell
			.run(this.environment, LIMIT, List.of("bash", "-c", "set -euo pipefail; . scripts/lib.sh; STACK_SIZE=$1 $2",
					"stack-tests", size, function))
			.orFail()
			.out()
			.lines()
			.collect(Collectors.toCollection(TreeSet::new));
	}

	String startedAt(String service) {
		String id = docker("ps", "--quiet", "--filter", mine(), "--filter",
				"label=com.docker.compose.service=" + service)
			.strip();
		JsonNode container = Http.json(docker("inspect", id)).path(0);
		return container.path("State").path("StartedAt").asString();
	}

	/**
	 * Return what is still there of it.
	 * @return ids and names of containers, volumes and networks
	 */
	List<String> leftovers() {
		return Stream
			.of(docker("ps", "--all", "--quiet", "--filter", mine()),
					docker("volume", "ls", "--quiet", "--filter", mine()),
					docker("network", "ls", "--quiet", "--filter", mine()))
			.flatMap(String::lines)
			.toList();
	}

	private String mine() {
		return "label=com.docker.compose.project=" + this.project;
	}

	private static String docker(String... arguments) {
		return Shell.run(Map.of(), LIMIT, Stream.concat(Stream.of("docker"), Arrays.stream(arguments)).toList())
			.orFail()
			.out();
	}

	private static Map<String, Integer> freePorts(List<String> variables) throws IOException {
		Map<String, Integer> ports = new LinkedHashMap<>();
		List<ServerSocket> held = new ArrayList<>();
		try {
			for (String variable : variables) {
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				held.add(socket);
				ports.put(variable, socket.getLocalPort());
			}
		}
		finally {
			for (ServerSocket socket : held) {
				socket.close();
			}
		}
		return ports;
	}

}
