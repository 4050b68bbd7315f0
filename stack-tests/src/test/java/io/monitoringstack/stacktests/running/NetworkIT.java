package io.monitoringstack.stacktests.running;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who reaches whom, and what a container could do if somebody broke into it.
 */
@RunningStack
class NetworkIT {

	/**
	 * Opens a connection within three seconds. Nothing but bash is used, because the
	 * images hold nothing else.
	 */
	private static final String CONNECT = """
			(exec 3<>"/dev/tcp/$0/$1") 2>/dev/null &
			attempt=$!
			for ((tenths = 0; tenths < 30; tenths++)); do
			  kill -0 $attempt 2>/dev/null || { wait $attempt && echo open || echo closed; exit; }
			  read -rt 0.1 <> <(:) || true
			done
			kill -9 $attempt
			echo closed
			""";

	/**
	 * Services that run as root, though without any capability, with the reason.
	 */
	private static final Map<String, String> ROOT = Map.of("promtail", "reads Docker's socket", "cadvisor",
			"reads the control groups of all containers", "otel-collector", "writes its queue to a volume of root");

	/**
	 * Services whose image holds no program that could ask.
	 */
	private static final Set<String> WITHOUT_HEALTH_CHECK = Set.of("otel-collector", "nginx-exporter");

	private static Map<String, JsonNode> containers = Map.of();

	@BeforeAll
	static void inspect() {
		containers = Stack.containers();
	}

	@Test
	void pushgatewayAnswersTheProxyAndPrometheus() {
		assertThat(connects("pushgateway-proxy", "pushgateway", 9091)).isTrue();
		Shell.Result prometheus = Stack.exec("prometheus", "wget", "-q", "-O", "-",
				"http://pushgateway:9091/-/healthy");
		assertThat(prometheus.exitCode()).as(prometheus.toString()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dooray-adapter", "demo-app", "dooray-simulator" })
	void nobodyElseReachesPushgateway(String service) {
		assertThat(connects(service, "pushgateway-proxy", 9091)).as("connections out of %s are seen at all", service)
			.isTrue();
		assertThat(connects(service, "pushgateway", 9091)).as("by name").isFalse();
		for (JsonNode network : container("pushgateway").path("NetworkSettings").path("Networks")) {
			assertThat(connects(service, network.path("IPAddress").asString(), 9091)).as("by address").isFalse();
		}
	}

	@Test
	void onlyTheDemoApplicationReachesItsDatabase() {
		assertThat(connects("demo-app", "postgres", 5432)).isTrue();
		assertThat(connects("dooray-adapter", "postgres", 5432)).isFalse();
		assertThat(connects("dooray-adapter", "redis", 6379)).isFalse();
	}

	@Test
	void dataThatIsNotForPeopleIsPublishedNowhere() {
		assertThat(List.of("pushgateway", "postgres", "redis"))
			.allSatisfy((service) -> assertThat(bindings(container(service))).as(service).isEmpty());
	}

	@TestFactory
	Stream<DynamicTest> publishesOnlyOnTheAddressThatWasAskedFor() {
		String address = Stack.setting("BIND_ADDRESS", "127.0.0.1");
		return containers.entrySet()
			.stream()
			.filter((container) -> !bindings(container.getValue()).isEmpty())
			.map((container) -> DynamicTest.dynamicTest(container.getKey(),
					() -> assertThat(bindings(container.getValue()))
						.extracting((binding) -> binding.path("HostIp").asString())
						.containsOnly(address)));
	}

	@TestFactory
	Stream<DynamicTest> confinesEveryContainer() {
		return containers.entrySet()
			.stream()
			.map((container) -> DynamicTest.dynamicTest(container.getKey(),
					() -> assertConfined(container.getKey(), container.getValue())));
	}

	@TestFactory
	Stream<DynamicTest> runsEveryProcessWithoutRoot() {
		return containers.entrySet()
			.stream()
			.map((container) -> DynamicTest.dynamicTest(container.getKey(),
					() -> assertThat(users(container.getValue())).isNotEmpty()
						.satisfies((users) -> assertThat(users.contains("0")).as("root: " + users)
							.isEqualTo(ROOT.containsKey(container.getKey())))));
	}

	@Test
	void runsEveryServiceOfItsSize() {
		assertThat(containers.keySet()).containsExactlyInAnyOrderElementsOf(Stack.services());
	}

	private static void assertConfined(String service, JsonNode container) {
		JsonNode host = container.path("HostConfig");
		assertThat(host.path("ReadonlyRootfs").asBoolean()).as("read-only root").isTrue();
		assertThat(host.path("Privileged").asBoolean()).as("privileged").isFalse();
		assertThat(texts(host.path("CapDrop"))).as("dropped capabilities").contains("ALL");
		assertThat(texts(host.path("CapAdd"))).as("added capabilities").isEmpty();
		assertThat(texts(host.path("SecurityOpt"))).as("security options")
			.anyMatch((option) -> option.startsWith("no-new-privileges") && !option.endsWith("false"));
		assertThat(host.path("Memory").asLong()).as("memory limit").isPositive();
		assertThat(List.of("", "0", "root", "0:0").contains(container.path("Config").path("User").asString()))
			.as("root")
			.isEqualTo(ROOT.containsKey(service));
		assertThat(host.path("LogConfig").path("Config").path("max-size").asString()).as("log size").isNotEmpty();
		assertThat(container.path("State").path("Health").path("Status").asString("")).as("health")
			.isEqualTo(WITHOUT_HEALTH_CHECK.contains(service) ? "" : "healthy");
	}

	private static List<String> users(JsonNode container) {
		return Shell
			.run(Map.of(), Duration.ofSeconds(20),
					List.of("docker", "top", container.path("Id").asString(), "-eo", "pid,uid"))
			.orFail()
			.out()
			.lines()
			.skip(1)
			.map((line) -> line.trim().split("\\s+")[1])
			.distinct()
			.toList();
	}

	private static boolean connects(String from, String host, int port) {
		Shell.Result result = Stack.exec(from, "bash", "-c", CONNECT, host, String.valueOf(port));
		assertThat(result.out().trim()).as(result.toString()).isIn("open", "closed");
		return result.out().trim().equals("open");
	}

	private static List<JsonNode> bindings(JsonNode container) {
		List<JsonNode> bindings = new ArrayList<>();
		for (JsonNode port : container.path("NetworkSettings").path("Ports")) {
			port.forEach(bindings::add);
		}
		return bindings;
	}

	private static List<String> texts(JsonNode array) {
		List<String> texts = new ArrayList<>();
		array.forEach((text) -> texts.add(text.asString()));
		return texts;
	}

	private static JsonNode container(String service) {
		assertThat(containers).containsKey(service);
		return containers.get(service);
	}

}
