package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command a person types, on a stack that runs. What it does with a part missing is
 * in {@link RestartIT}.
 */
@RunningStack
class MonitoringCommandIT {

	/**
	 * Their images hold no program that could ask.
	 */
	private static final Set<String> WITHOUT_HEALTH_CHECK = Set.of("nginx-exporter", "otel-collector");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "up", "down", "status", "urls", "logs", "selftest", "doctor", "test", "offline" })
	void explainsEachVerbAndDoesNothing(String verb) {
		Shell.Result result = Stack.monitoring(verb, "--help");
		assertThat(result.exitCode()).as(result.toString()).isZero();
		assertThat(result.out()).startsWith("Usage: ./monitoring " + verb);
		assertThat(result.err()).isEmpty();
	}

	@ConcurrentTest
	void listsItsVerbs() {
		Shell.Result result = Stack.monitoring("--help");
		assertThat(result.exitCode()).isZero();
		assertThat(result.out()).contains("up", "down", "status", "urls", "logs", "selftest", "doctor", "test",
				"offline build");
	}

	@ParameterizedTest
	@CsvSource({ "dwon, dwon", "up --bogus, --bogus", "down --bogus, --bogus", "status --bogus, --bogus",
			"urls bogus, argument", "logs --bogus, --bogus", "selftest --bogus, --bogus",
			"selftest --timeout soon, --timeout", "selftest --every often, --every", "selftest --times 2, --every",
			"selftest --every 1m --times none, --times", "doctor bogus, argument", "test --bogus, --bogus",
			"offline bogus, offline build", "logs no-such-service, no-such-service" })
	void answersWrongUsageWithTwoAndSaysWhatIsWrong(String arguments, String named) {
		Shell.Result result = Stack.monitoring(arguments.split(" "));
		assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
		assertThat(result.err()).startsWith("monitoring: ").contains(named);
		assertThat(result.out()).isEmpty();
	}

	@ConcurrentTest
	void showsEveryServiceInItsStatus() {
		Shell.Result table = Stack.monitoring("status");
		assertThat(table.exitCode()).as(table.toString()).isZero();
		JsonNode json = Http.json(Stack.monitoring("status", "--json").orFail().out());
		Set<String> services = new TreeSet<>();
		for (JsonNode service : json) {
			String name = service.path("service").asString();
			services.add(name);
			assertThat(table.out()).contains(name);
			assertThat(service.path("state").asString()).as(name).isEqualTo("running");
			assertThat(service.path("health").asString()).as(name)
				.isEqualTo(WITHOUT_HEALTH_CHECK.contains(name) ? "-" : "healthy");
			assertThat(service.path("memory").asString()).as(name).containsPattern("\\d.* of \\d");
		}
		assertThat(services)
			.containsExactlyInAnyOrderElementsOf(Stack.compose("config", "--services").out().lines().toList());
		assertThat(json).anySatisfy((service) -> {
			assertThat(service.path("service").asString()).isEqualTo("prometheus");
			assertThat(service.path("address").asString()).isEqualTo(Stack.PROMETHEUS.toString());
		});
	}

	@ConcurrentTest
	void printsAddressesThatAnswer() throws IOException {
		Shell.Result result = Stack.monitoring("urls").orFail();
		List<String> addresses = result.out()
			.lines()
			.filter((line) -> line.contains("http://"))
			.map((line) -> line.substring(line.indexOf("http://")).trim())
			.toList();
		assertThat(addresses).hasSizeGreaterThanOrEqualTo(7);
		for (String address : addresses) {
			assertThat(Http.get(URI.create(address), "").statusCode()).as(address).isLessThan(400);
		}
	}

	@ConcurrentTest
	void showsTheLogOfAService() {
		Shell.Result result = Stack.monitoring("logs", "dooray-adapter").orFail();
		assertThat(result.out().lines().count()).isBetween(1L, 210L);
		assertThat(result.out().lines()).allMatch((line) -> line.startsWith("dooray-adapter"));
	}

	@ConcurrentTest
	void followsAPushToItsMessageAndLeavesNothingBehind() throws IOException {
		Shell.Result result = Stack.monitoring("selftest", "--json").orFail();
		JsonNode report = Http.json(result.out());
		assertThat(report.path("ok").asBoolean()).isTrue();
		for (JsonNode hop : report.path("hops")) {
			assertThat(hop.path("ok").asBoolean()).isTrue();
			assertThat(hop.path("seconds").isNumber()).isTrue();
			Report.line("selftest: %s %s s".formatted(hop.path("hop").asString(), hop.path("seconds")));
		}
		assertThat(report.path("hops")).hasSize(10);
		assertThat(report.path("pushToMessageSeconds").asDouble()).isBetween(0.1, 20.0);
		String id = report.path("id").asString();
		assertThat(Simulator.accepted(id)).extracting(Simulator.Received::hook).containsOnly("selftest").hasSize(2);
		assertThat(Pushes.groups()).noneMatch((labels) -> labels.contains(id));
		Prometheus.awaitNone("ALERTS{selftest_id=\"" + id + "\"}");
		assertThat(Alertmanager.alerts("selftest_id=\"" + id + "\"")).isEmpty();
	}

	@ConcurrentTest
	void findsNothingOnAHealthyStack() {
		Shell.Result result = Stack.monitoring("doctor");
		assertThat(result.exitCode()).as(result.toString()).isZero();
		assertThat(result.out()).contains("every service is healthy").contains("Nothing found.");
	}

	@ConcurrentTest
	void namesEachMistakeInTheSettingsAndShowsNoSecret() throws IOException {
		String secret = Ids.unique("secret");
		Shell.Result result = doctor("""
				PROMETHEUS_RETENTOIN=15d
				ALERTMANAGER_PORT=90x93
				DOORAY_HOOK_URL_CRITICAL=https://hook.dooray.com/services/%s
				DOORAY_HOOK_URL_WARNING=https://hook.example.com/services/1/2/%s
				NOTIFY_LANGUAGE=fr
				""".formatted(secret, secret));
		assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
		assertThat(problems(result)).anyMatch((line) -> line.contains("PROMETHEUS_RETENTOIN"))
			.anyMatch((line) -> line.contains("ALERTMANAGER_PORT") && line.contains("1 to 65535"))
			.anyMatch((line) -> line.contains("DOORAY_HOOK_URL_CRITICAL") && line.contains("not a Dooray"))
			.anyMatch((line) -> line.contains("DOORAY_HOOK_URL_WARNING") && line.contains("DOORAY_ALLOWED_HOSTS"))
			.anyMatch((line) -> line.contains("NOTIFY_LANGUAGE"));
		assertThat(result.all()).doesNotContain(secret);
	}

	@ConcurrentTest
	void namesThePortThatAnotherProgramHolds() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Shell.Result result = doctor("NODE_EXPORTER_PORT=%d%n".formatted(other.getLocalPort()));
			assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
			assertThat(problems(result)).singleElement().asString().contains("ports in use");
			assertThat(result.out())
				.contains("port %d (NODE_EXPORTER_PORT) is held by".formatted(other.getLocalPort()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "doctor", "status", "logs" })
	void saysWhatIsMissingAndTheRemedyWithoutDocker(String verb) throws IOException {
		Shell.Result result = Stack.monitoring(Map.of("PATH", pathWithoutDocker()), verb);
		assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
		assertThat(result.all()).contains("Docker is not installed").contains("./monitoring up");
	}

	private Shell.Result doctor(String settings) throws IOException {
		Path file = this.folder.resolve("settings.env");
		Path own = Stack.settingsFile().orElse(null);
		Files.writeString(file, ((own != null) ? Files.readString(own) + "\n" : "") + settings);
		return Stack.monitoring(Map.of("MONITORING_ENV_FILE", file.toString()), "doctor");
	}

	private static List<String> problems(Shell.Result result) {
		return result.out().lines().filter((line) -> line.startsWith("PROBLEM")).toList();
	}

	/**
	 * A folder with what the scripts may use, and without Docker.
	 */
	private static String pathWithoutDocker() throws IOException {
		Path programs = Files.createDirectories(Stack.ROOT.resolve("stack-tests/target/path-without-docker"));
		for (String program : List.of("bash", "curl", "awk", "sed", "grep", "tr", "head", "tail", "cat", "date", "df",
				"git", "id", "basename", "dirname", "ss", "timedatectl", "mkdir")) {
			Path link = programs.resolve(program);
			for (String directory : System.getenv("PATH").split(":")) {
				Path source = Path.of(directory, program);
				if (Files.isExecutable(source) && !Files.exists(link)) {
					Files.createSymbolicLink(link, source);
				}
			}
		}
		return programs.toString();
	}

}
