package io.monitoringstack.pushgatewayproxy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Pushgateway for tests: the program that {@code -Dpushgateway.program} names, or
 * a container of the image that compose uses, or, where there is no Docker, the program
 * of the same name on the path. Tests that get none are skipped.
 */
public final class RealPushgateway implements AutoCloseable {

	private static final String IMAGE = System.getenv().getOrDefault("PUSHGATEWAY_IMAGE", "prom/pushgateway:v1.11.3");

	private static final @Nullable String PROGRAM = System.getProperty("pushgateway.program");

	private static final int PORT = 9091;

	private static final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final @Nullable GenericContainer<?> container;

	private final List<String> command;

	private @Nullable Process process;

	private final URI url;

	private RealPushgateway(@Nullable GenericContainer<?> container, List<String> command, URI url) {
		this.container = container;
		this.command = command;
		this.url = url;
	}

	public static RealPushgateway start() {
		return start(0);
	}

	/**
	 * Starts one.
	 * @param port wanted port where a program is started, 0 for any
	 * @param arguments further arguments
	 * @return a Pushgateway that answers
	 */
	public static RealPushgateway start(int port, String... arguments) {
		String program = program();
		if (program != null && !isImageThere()) {
			return startProgram(program, port, arguments);
		}
		Assumptions.assumeTrue(isImageThere(),
				"skipped: neither Docker with the image " + IMAGE + " nor prometheus-pushgateway on the path is there");
		return startContainer(port, arguments);
	}

	/**
	 * Starts one that keeps what was pushed over {@link #restart}.
	 * @param arguments further arguments
	 * @return a Pushgateway that answers
	 */
	public static RealPushgateway startPersistent(String... arguments) {
		try {
			String file = isImageThere() ? "/pushgateway/metrics.store"
					: Files.createTempDirectory("pushgateway").resolve("metrics.store").toString();
			return start(0, Stream.concat(Stream.of("--persistence.file=" + file), Stream.of(arguments))
				.toArray(String[]::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RealPushgateway startContainer(int wantedPort, String... arguments) {
		int port = (wantedPort != 0) ? wantedPort : freePort();
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE)).withExposedPorts(PORT)
			.withCommand(arguments)
			.waitingFor(Wait.forHttp("/-/ready").forPort(PORT));
		// A port of Docker's choice would be another one after a restart.
		container.setPortBindings(List.of(port + ":" + PORT));
		container.start();
		return new RealPushgateway(container, List.of(), URI.create("http://" + container.getHost() + ":" + port));
	}

	private static RealPushgateway startProgram(String program, int wantedPort, String... arguments) {
		int port = (wantedPort != 0) ? wantedPort : freePort();
		List<String> command = new ArrayList<>(List.of(program, "--web.listen-address=127.0.0.1:" + port));
		if (Stream.of(arguments).noneMatch((argument) -> argument.startsWith("--persistence.file"))) {
			command.add("--persistence.file=");
		}
		command.addAll(List.of(arguments));
		RealPushgateway pushgateway = new RealPushgateway(null, command, URI.create("http://127.0.0.1:" + port));
		pushgateway.run();
		return pushgateway;
	}

	private void run() {
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		awaitReady();
	}

	private void awaitReady() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(20))
			.until(() -> isReady(this.url));
	}

	/**
	 * Stops it the gentle way and starts it again at the same address with the same file.
	 */
	public void restart() {
		stopGently();
		startAgain();
	}

	/**
	 * Stops it the gentle way: it writes its file.
	 */
	public void stopGently() {
		if (this.container != null) {
			this.container.getDockerClient().stopContainerCmd(this.container.getContainerId()).withTimeout(10).exec();
		}
		stopProcess();
	}

	/**
	 * Stops it so that it writes nothing.
	 */
	public void kill() {
		if (this.container != null) {
			this.container.getDockerClient().killContainerCmd(this.container.getContainerId()).exec();
		}
		if (this.process != null) {
			awaitEnd(this.process.destroyForcibly());
		}
	}

	/**
	 * Starts it again after {@link #stopGently} or {@link #kill}.
	 */
	public void startAgain() {
		if (this.container != null) {
			this.container.getDockerClient().startContainerCmd(this.container.getContainerId()).exec();
			awaitReady();
		}
		else {
			run();
		}
	}

	public URI url() {
		return this.url;
	}

	@Override
	public void close() {
		if (this.container != null) {
			this.container.stop();
		}
		stopProcess();
	}

	private void stopProcess() {
		if (this.process != null) {
			this.process.destroy();
			awaitEnd(this.process);
		}
	}

	private static void awaitEnd(Process process) {
		try {
			process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isReady(URI url) {
		try {
			HttpRequest request = HttpRequest.newBuilder(url.resolve("/-/ready")).build();
			return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static @Nullable String program() {
		if (PROGRAM != null) {
			return PROGRAM;
		}
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.flatMap((folder) -> Stream.of(Path.of(folder, "prometheus-pushgateway"), Path.of(folder, "pushgateway")))
			.map(Path::toFile)
			.filter(File::canExecute)
			.map(File::getPath)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Asks the client, because Testcontainers would first try for minutes to pull images
	 * of its own.
	 */
	private static boolean isImageThere() {
		if (PROGRAM != null) {
			return false;
		}
		try {
			Process inspect = new ProcessBuilder("docker", "image", "inspect", IMAGE).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return inspect.waitFor(20, TimeUnit.SECONDS) && inspect.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
