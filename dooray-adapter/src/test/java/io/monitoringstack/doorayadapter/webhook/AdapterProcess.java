package io.monitoringstack.doorayadapter.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The built jar in a process of its own, as an operator runs it: it can be killed, and
 * its memory is its own. Needs <code>/proc</code> and a JDK.
 */
final class AdapterProcess implements AutoCloseable {

	private static final Path JAR = Path.of("target/dooray-adapter.jar");

	private static final HttpClient client = HttpClient.newHttpClient();

	private final Path folder;

	private final List<String> options;

	private final Map<String, String> environment;

	private final int port = freePort();

	private Path jar = JAR;

	private Process process;

	AdapterProcess(Path folder, List<String> options, Map<String, String> environment) {
		assertThat(JAR).as("build it first: mvn -pl dooray-adapter package -DskipTests").exists();
		this.folder = folder;
		this.options = new ArrayList<>(options);
		this.environment = environment;
	}

	// Below the ports that systems hand out by themselves, so that nobody takes it while
	// the service is away.
	private static int freePort() {
		for (int port = 30_000 + (int) (ProcessHandle.current().pid() % 1000); port < 32_700; port++) {
			try (ServerSocket socket = new ServerSocket(port)) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Taken: the next one.
			}
		}
		throw new IllegalStateException("No free port");
	}

	int port() {
		return this.port;
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	// Unpacks the jar and records which classes a start needs, so that each start after
	// that takes half the time.
	AdapterProcess prepareFastStart() throws Exception {
		Path unpacked = this.folder.resolve("unpacked");
		run(List.of("-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination", unpacked.toString()));
		this.jar = unpacked.resolve("dooray-adapter.jar");
		Path classes = this.folder.resolve("classes.jsa");
		List<String> record = new ArrayList<>(this.options);
		record.addAll(List.of("-XX:ArchiveClassesAtExit=" + classes, "-Dspring.context.exit=onRefresh", "-jar",
				this.jar.toString()));
		run(record);
		this.options.addAll(List.of("-XX:SharedArchiveFile=" + classes, "-Xshare:auto"));
		return this;
	}

	private void run(List<String> arguments) throws Exception {
		Process run = java(arguments).start();
		assertThat(run.waitFor(3, TimeUnit.MINUTES)).isTrue();
		assertThat(run.exitValue()).as(() -> log()).isZero();
	}

	private ProcessBuilder java(List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.folder.resolve("log").toFile()));
		builder.environment().putAll(this.environment);
		builder.environment().put("SERVER_PORT", String.valueOf(this.port));
		return builder;
	}

	AdapterProcess start() throws IOException {
		List<String> arguments = new ArrayList<>(this.options);
		arguments.addAll(List.of("-jar", this.jar.toString()));
		this.process = java(arguments).start();
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(100))
			.failFast("the service ended", () -> assertThat(this.process.isAlive()).as(() -> log()).isTrue())
			.until(this::ready);
		return this;
	}

	private boolean ready() throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri("/actuator/health/readiness"))
			.timeout(Duration.ofSeconds(5))
			.build();
		try {
			return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	boolean alive() {
		return this.process.isAlive();
	}

	// By SIGKILL.
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		assertThat(this.process.waitFor(1, TimeUnit.MINUTES)).isTrue();
	}

	// Returns all it said so far, in all its lives.
	String log() {
		try {
			return Files.readString(this.folder.resolve("log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Returns the sum of all values of the metrics that the pattern names.
	long metric(String pattern) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri("/actuator/prometheus"))
			.timeout(Duration.ofMinutes(1))
			.build();
		String metrics = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
		return Pattern.compile("(?m)^" + pattern + " (\\d+)")
			.matcher(metrics)
			.results()
			.mapToLong((value) -> Long.parseLong(value.group(1)))
			.sum();
	}

	// Returns the bytes of all objects that are still in use, after a full collection.
	long liveHeap() throws Exception {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
				String.valueOf(this.process.pid()), "GC.class_histogram")
			.redirectErrorStream(true)
			.start();
		String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(histogram);
		assertThat(total.find()).as(histogram).isTrue();
		return Long.parseLong(total.group(1));
	}

	// Returns the most memory it ever had, in bytes.
	long peakMemory() throws IOException {
		return status("VmHWM") * 1024;
	}

	int threads() throws IOException {
		return (int) status("Threads");
	}

	private long status(String name) throws IOException {
		String line = Files.readAllLines(Path.of("/proc", String.valueOf(this.process.pid()), "status"))
			.stream()
			.filter((one) -> one.startsWith(name + ":"))
			.findFirst()
			.orElseThrow();
		return Long.parseLong(line.replaceAll("\\D", ""));
	}

	@Override
	public void close() {
		if (this.process != null) {
			this.process.destroyForcibly().onExit().join();
		}
	}

}
