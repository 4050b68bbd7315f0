package io.monitoringstack.stacktests.config;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/**
 * A program that checks configuration, run in the repository's root as a person would run
 * it. It is looked for in the variable of its name ({@code PROMTOOL}), then on the
 * {@code PATH}; where it is not there, the test is skipped.
 */
final class Tool {

	private static final int TIMEOUT_SECONDS = 120;

	private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

	private final String name;

	private final String program;

	private final Set<String> unset;

	private Tool(String name, String program, Set<String> unset) {
		this.name = name;
		this.program = program;
		this.unset = unset;
	}

	static Tool named(String name) {
		return find(name)
			.orElseGet(() -> skip("%s is not on the PATH, and %s does not name it".formatted(name, variable(name))));
	}

	/**
	 * Skips the test that runs and tells the reader of the build's output why, once.
	 * @param reason what is missing
	 * @param <T> what the test would have gone on with
	 * @return never
	 */
	static <T> T skip(String reason) {
		if (REPORTED.add(reason)) {
			System.out.println("[config] Skipped: " + reason);
		}
		return Assumptions.abort(reason);
	}

	/**
	 * Docker with its compose plug-in; for {@code docker compose config} no engine has to
	 * run.
	 */
	static Tool docker() {
		Tool docker = named("docker");
		if (docker.run("compose", "version").exitCode() != 0) {
			skip("docker has no compose plug-in");
		}
		return docker;
	}

	/**
	 * The image that a service runs from, for a test that starts it; skips the test where
	 * this machine does not have it.
	 * @param service name in the compose file; a variable such as ALERTMANAGER_IMAGE
	 * replaces the image that stands there
	 */
	String imageOf(String service) {
		String named = System.getenv(service.toUpperCase(Locale.ROOT).replace('-', '_') + "_IMAGE");
		String image = (named != null && !named.isBlank()) ? named
				: Compose.expand(YamlFile.text(Compose.service(service), "image"));
		if (run("image", "inspect", image).exitCode() != 0) {
			skip("the image %s is not on this machine".formatted(image));
		}
		return image;
	}

	/**
	 * The same program that does not see these variables.
	 */
	Tool without(Collection<String> variables) {
		return new Tool(this.name, this.program, Set.copyOf(variables));
	}

	Result run(String... arguments) {
		return runWith("", arguments);
	}

	/**
	 * Run the program.
	 * @param input what it reads from its standard input
	 * @param arguments its arguments
	 * @return how it ended
	 */
	Result runWith(String input, String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.program));
		command.addAll(Arrays.asList(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(Repository.ROOT.toFile());
		builder.environment().keySet().removeAll(this.unset);
		try {
			Path output = Files.createTempFile(this.name, ".txt");
			// Apart from each other: an error may be written in the middle of a line.
			Path errors = Files.createTempFile(this.name, ".err");
			try {
				Process process = builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
				try (OutputStream stdin = process.getOutputStream()) {
					stdin.write(input.getBytes(StandardCharsets.UTF_8));
				}
				catch (IOException ex) {
					// It ended without reading, which its exit code tells.
				}
				if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
					process.destroyForcibly();
					throw new IllegalStateException(
							"%s did not end within %d s".formatted(String.join(" ", command), TIMEOUT_SECONDS));
				}
				return new Result(String.join(" ", command), process.exitValue(),
						Files.readString(output, StandardCharsets.UTF_8)
								+ Files.readString(errors, StandardCharsets.UTF_8));
			}
			finally {
				Files.delete(output);
				Files.delete(errors);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Optional<Tool> find(String name) {
		String named = System.getenv(variable(name));
		if (named != null && !named.isBlank()) {
			return Optional.of(new Tool(name, named, Set.of()));
		}
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst()
			.map((program) -> new Tool(name, program.toString(), Set.of()));
	}

	private static String variable(String name) {
		return name.toUpperCase(Locale.ROOT);
	}

	/**
	 * How a program ended.
	 *
	 * @param command what was run
	 * @param exitCode its exit code
	 * @param output what it wrote, errors included
	 */
	record Result(String command, int exitCode, String output) {

		@Override
		public String toString() {
			return "%s: exit code %d%n%s".formatted(this.command, this.exitCode, this.output);
		}

	}

}
