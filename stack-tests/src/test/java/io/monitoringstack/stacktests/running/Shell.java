package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command in the repository's root, without a terminal.
 */
final class Shell {

	private Shell() {
	}

	/**
	 * Run a command to its end.
	 * @param environment variables on top of those of this process
	 * @param limit time after which it is stopped and the test fails
	 * @param command program and arguments
	 * @return what came of it
	 */
	static Result run(Map<String, String> environment, Duration limit, List<String> command) {
		try {
			return runIn(Files.createTempDirectory("stack-tests"), environment, limit, command);
		}
		catch (IOException ex) {
			throw new IllegalStateException("cannot run " + command, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while running " + command, ex);
		}
	}

	private static Result runIn(Path folder, Map<String, String> environment, Duration limit, List<String> command)
			throws IOException, InterruptedException {
		Path out = folder.resolve("out");
		Path err = folder.resolve("err");
		try {
			// Files and not pipes: a command that leaves a background process behind
			// would
			// keep a pipe open for ever.
			ProcessBuilder builder = new ProcessBuilder(command).directory(Stack.ROOT.toFile())
				.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
				.redirectOutput(out.toFile())
				.redirectError(err.toFile());
			builder.environment().putAll(environment);
			Process process = builder.start();
			if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				process.descendants().forEach(ProcessHandle::destroyForcibly);
				process.destroyForcibly().waitFor();
				throw new AssertionError(
						"%s did not end within %s. It wrote:%n%s%n%s".formatted(command, limit, read(out), read(err)));
			}
			return new Result(command, process.exitValue(), read(out), read(err));
		}
		finally {
			Files.deleteIfExists(out);
			Files.deleteIfExists(err);
			Files.deleteIfExists(folder);
		}
	}

	private static String read(Path file) throws IOException {
		return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
	}

	/**
	 * How a command ended.
	 *
	 * @param command program and arguments
	 * @param exitCode its exit code
	 * @param out what it wrote to standard output
	 * @param err what it wrote to standard error
	 */
	record Result(List<String> command, int exitCode, String out, String err) {

		Result orFail() {
			if (this.exitCode != 0) {
				throw new AssertionError(toString());
			}
			return this;
		}

		String all() {
			return this.out + this.err;
		}

		@Override
		public String toString() {
			return "%s ended with %d%n%s%s".formatted(String.join(" ", this.command), this.exitCode, this.out,
					this.err);
		}

	}

}
