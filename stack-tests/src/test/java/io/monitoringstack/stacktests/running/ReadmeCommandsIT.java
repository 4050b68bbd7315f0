package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README tells a person to type works as it stands there.
 */
@RunningStack
class ReadmeCommandsIT {

	/**
	 * Commands that are not run here, each with its reason.
	 */
	private static final Map<String, String> NOT_RUN = Map.of("./monitoring up", "has started this very stack",
			"./monitoring test", "runs this very test", "./monitoring down", "would end the test");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

	private static final Pattern PUBLISHED_PORT = Pattern.compile(":\\$\\{([A-Z_]+_PORT):-(\\d+)}:\\d+");

	private static final Pattern ADDRESS = Pattern.compile("(?:http://)?localhost:(\\d+)");

	private static final Pattern PUSH = Pattern.compile("^echo \"(\\w+) (\\S+)\" \\| curl .*/metrics/job/(\\w+)");

	private static List<String> groupsBefore = List.of();

	private static Map<String, String> ports = Map.of();

	@BeforeAll
	static void rememberWhatIsThere() throws IOException {
		groupsBefore = Pushes.groups();
		ports = new LinkedHashMap<>();
		for (MatchResult port : PUBLISHED_PORT.matcher(read("docker-compose.yml")).results().toList()) {
			ports.put(port.group(2), Stack.setting(port.group(1), port.group(2)));
		}
	}

	@AfterAll
	static void removeWhatWasPushed() throws IOException {
		for (String labels : Pushes.groups()) {
			if (!groupsBefore.contains(labels)) {
				Pushes.delete(path(Http.json(labels)));
			}
		}
	}

	@TestFactory
	Stream<DynamicTest> runsEachCommandInItsOrder() throws IOException {
		List<String> commands = commands(read("README.md"));
		assertThat(commands).contains("./monitoring up", "./monitoring test").hasSizeGreaterThan(5);
		Stream<DynamicTest> runs = commands.stream()
			.map((command) -> DynamicTest.dynamicTest(command, () -> run(command)));
		return Stream.concat(runs,
				pushes(commands).entrySet()
					.stream()
					.map((push) -> DynamicTest.dynamicTest("finds " + push.getKey(),
							() -> Prometheus.awaitValue(push.getKey(), push.getValue()))));
	}

	@TestFactory
	Stream<DynamicTest> mentionsOnlyAddressesThatAnswer() throws IOException {
		Pattern address = Pattern.compile("http://localhost:\\d+[^\\s|)`'\";]*");
		return new TreeSet<>(address.matcher(read("README.md"))
			.results()
			.map(MatchResult::group)
			.filter((found) -> !found.contains("/metrics/job/"))
			.toList()).stream().map((found) -> DynamicTest.dynamicTest(found, () -> {
				int status = Http.get(URI.create(here(stripFullStop(found))), "").statusCode();
				assertThat(status).isLessThan(400);
			}));
	}

	@Test
	void namesPortsThatTheComposeFilePublishes() throws IOException {
		List<String> mentioned = ADDRESS.matcher(read("README.md")).results().map((port) -> port.group(1)).toList();
		assertThat(ports.keySet()).containsAll(mentioned);
		assertThat(mentioned).as("every published port is in the README").containsAll(ports.keySet());
	}

	@Test
	void hasTheSameBlocksInKorean() throws IOException {
		assertThat(blocks(read("README.ko.md"))).isEqualTo(blocks(read("README.md")));
	}

	private static void run(String command) {
		String reason = NOT_RUN.get(command);
		if (reason != null) {
			Report.line("README: not run: %s (%s)".formatted(command, reason));
			return;
		}
		// As typed, but an HTTP error ends curl with an error too.
		Shell.Result result = Shell.run(Map.of(), Duration.ofMinutes(2), List.of("bash", "-c",
				"set -o pipefail; curl() { command curl --fail-with-body \"$@\"; }; " + here(command)));
		assertThat(result.exitCode()).as(result.toString()).isZero();
	}

	/**
	 * Put this stack's ports in the place of the default ones.
	 */
	private static String here(String text) {
		return ADDRESS.matcher(text)
			.replaceAll((match) -> match.group()
				.replace(match.group(1), ports.getOrDefault(match.group(1), match.group(1))));
	}

	private static String stripFullStop(String address) {
		return address.replaceAll("[.,:]+$", "");
	}

	/**
	 * What is in Prometheus once all commands have run: the last value pushed to each
	 * series.
	 */
	private static Map<String, Double> pushes(List<String> commands) {
		Map<String, Double> pushes = new LinkedHashMap<>();
		for (String command : commands) {
			PUSH.matcher(command)
				.results()
				.forEach((push) -> pushes.put("%s{job=\"%s\"}".formatted(push.group(1), push.group(3)),
						Double.parseDouble(push.group(2))));
		}
		assertThat(pushes).isNotEmpty();
		return pushes;
	}

	private static List<String> commands(String markdown) {
		List<String> commands = new ArrayList<>();
		for (Block block : blocks(markdown)) {
			if (block.language().equals("sh") || block.language().equals("bash")) {
				block.text()
					.replace("\\\n", " ")
					.lines()
					.map(String::trim)
					.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
					.forEach(commands::add);
			}
		}
		return commands;
	}

	private static List<Block> blocks(String markdown) {
		Function<MatchResult, Block> block = (match) -> new Block(match.group(1), match.group(2));
		return BLOCK.matcher(markdown).results().map(block).toList();
	}

	private static String path(JsonNode labels) {
		StringBuilder path = new StringBuilder("/metrics/job/" + labels.path("job").asString());
		labels.properties()
			.stream()
			.filter((label) -> !label.getKey().equals("job") && !label.getValue().asString().isEmpty())
			.forEach(
					(label) -> path.append('/').append(label.getKey()).append('/').append(label.getValue().asString()));
		return path.toString();
	}

	private static String read(String file) throws IOException {
		return Files.readString(Stack.ROOT.resolve(file));
	}

	/**
	 * A fenced block.
	 *
	 * @param language what stands after the fence
	 * @param text its lines
	 */
	private record Block(String language, String text) {

	}

}
