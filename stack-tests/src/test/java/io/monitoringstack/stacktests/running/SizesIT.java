package io.monitoringstack.stacktests.running;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The smaller sizes are whole stacks: what they leave out is missed by nobody. They grow
 * in a project of their own, beside the stack of the other tests.
 */
@RunningStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class SizesIT {

	private static final Set<String> LOGS_AND_PAGES = Set.of("loki", "promtail", "grafana", "nginx");

	private static final Set<String> TELEMETRY = Set.of("otel-collector", "tempo", "cadvisor", "blackbox-exporter",
			"postgres-exporter", "redis-exporter", "nginx-exporter");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(core|standard|full)` \\|[^|]*\\| (\\d+) \\|");

	@SuppressWarnings("NullAway.Init")
	private OwnStack stack;

	@BeforeAll
	void settings(@TempDir Path folder) throws IOException {
		this.stack = OwnStack.in(folder, "monitoring-stack-sizes");
	}

	@AfterAll
	void leavesNothingBehind() {
		this.stack.monitoring("down", "--volumes").orFail();
		assertThat(this.stack.leftovers()).isEmpty();
	}

	private void assertRunsAs(String size) throws IOException {
		assertThat(this.stack.running()).as("what up chose").isEqualTo(this.stack.services("services_of_size", size));
		int told = ROW.matcher(Files.readString(Stack.ROOT.resolve("README.md")))
			.results()
			.filter((row) -> row.group(1).equals(size))
			.mapToInt((row) -> Integer.parseInt(row.group(2)))
			.sum();
		assertThat(this.stack.services("wanted_services", size)).as("containers of '%s' in README.md", size)
			.hasSize(told);
		assertWhole();
	}

	private void assertWhole() throws IOException {
		assertThat(this.stack.monitoring("status").orFail().out().lines().skip(1).map((line) -> line.split(" ")[0]))
			.containsExactlyInAnyOrderElementsOf(this.stack.running());
		JsonNode targets = Http.getJson(this.stack.address("PROMETHEUS_PORT"), "/api/v1/targets?state=active")
			.path("data")
			.path("activeTargets");
		assertThat(targets).isNotEmpty()
			.filteredOn((target) -> !target.path("scrapePool").asString().startsWith("agent-"))
			.allSatisfy((target) -> assertThat(target.path("health").asString()).as(target.path("scrapeUrl").asString())
				.isEqualTo("up"));
		Awaitility.await("no alert about what is left out, not even one that does not fire yet")
			.atMost(Prometheus.SEEN)
			.pollInterval(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(
					Http.getJson(this.stack.address("PROMETHEUS_PORT"), "/api/v1/alerts").path("data").path("alerts"))
				.extracting((alert) -> alert.path("labels").path("alertname").asString())
				.doesNotContain("InstanceDown", "ContainerDown", "ProbeFailed"));
	}

	@Nested
	@Order(1)
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class Core {

		@BeforeAll
		void up() {
			assertThat(SizesIT.this.stack.monitoring("up", "--profile", "core").orFail().out())
				.contains("The stack is up after")
				.doesNotContain("Grafana");
		}

		@Test
		void missesNothingThatItLeavesOut() throws IOException {
			assertRunsAs("core");
			assertThat(SizesIT.this.stack.running())
				.contains("prometheus", "alertmanager", "pushgateway-proxy", "dooray-adapter", "dooray-simulator")
				.doesNotContainAnyElementsOf(LOGS_AND_PAGES)
				.doesNotContainAnyElementsOf(TELEMETRY);
		}

		@Test
		void takesAPushToItsMessage() {
			JsonNode report = Http.json(SizesIT.this.stack.monitoring("selftest", "--json").orFail().out());
			assertThat(report.path("hops")).extracting((hop) -> hop.path("hop").asString())
				.contains("message in the channel", "resolved message in the channel")
				.noneMatch((hop) -> hop.contains("Loki") || hop.contains("Tempo"));
		}

		@Test
		void itsServicesDoNotTryToSendTelemetryAnywhere() {
			assertThat(SizesIT.this.stack.monitoring("logs", "demo-app", "pushgateway-proxy", "dooray-adapter")
				.orFail()
				.out()).isNotBlank().doesNotContain("otel-collector", "opentelemetry");
		}

	}

	@Nested
	@Order(2)
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class Standard {

		@BeforeAll
		void up() {
			assertThat(SizesIT.this.stack.monitoring("up", "--profile", "standard").orFail().out())
				.contains("The stack is up after");
		}

		@Test
		void addsLogsAndOneAddress() throws IOException {
			assertRunsAs("standard");
			assertThat(SizesIT.this.stack.running()).contains("nginx").doesNotContainAnyElementsOf(TELEMETRY);
		}

		@Test
		void promtailTakesTheLogsThatTheServicesDoNotSend() {
			Assumptions.assumeTrue(SizesIT.this.stack.running().containsAll(Set.of("loki", "promtail")));
			for (String service : List.of("demo-app", "pushgateway-proxy", "dooray-adapter")) {
				String query = "/loki/api/v1/query_range?query=" + Http.encoded("{service_name=\"" + service + "\"}");
				Awaitility.await("lines of " + service)
					.atMost(Loki.SEEN)
					.until(() -> Http.getJson(SizesIT.this.stack.address("LOKI_PORT"), query)
						.path("data")
						.path("result"), (result) -> !result.isEmpty());
			}
		}

		@ParameterizedTest
		@CsvSource({ "/tempo/api/search, Tempo", "/otel-collector/, The OpenTelemetry Collector" })
		void theOneAddressExplainsWhatIsNotThere(String path, String name) throws IOException {
			HttpResponse<String> page = Http.send("GET", SizesIT.this.stack.address("NGINX_PORT"), path, "",
					Map.of("Accept", "text/html"));
			assertThat(page.statusCode()).isEqualTo(503);
			assertThat(page.body()).contains("<h1>" + name + " does not answer</h1>",
					"not part of this size of the stack");
			HttpResponse<String> other = Http.get(SizesIT.this.stack.address("NGINX_PORT"), "/prometheus/-/ready");
			assertThat(other.statusCode()).as(other.body()).isEqualTo(200);
		}

		@Test
		void anExporterIsToldToTryAgain() throws IOException {
			HttpResponse<String> answer = Http.sendJson("POST", SizesIT.this.stack.address("NGINX_PORT"),
					"/otlp/v1/traces", Map.of());
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
		}

		@Test
		void nginxDoesNotComplainOfWhatIsNotThereUnlessAsked() {
			assertThat(SizesIT.this.stack.monitoring("logs", "nginx").orFail().out().lines())
				.noneMatch((line) -> line.contains("could not be resolved") && !line.contains("request: "));
		}

	}

	@Nested
	@Order(3)
	class CoreAgain {

		@Test
		void removesWhatTheLargerSizeHadAndKeepsTheRest() throws IOException {
			String before = SizesIT.this.stack.startedAt("pushgateway");
			SizesIT.this.stack.monitoring("up", "--profile", "core").orFail();
			assertRunsAs("core");
			assertThat(SizesIT.this.stack.startedAt("pushgateway")).isEqualTo(before);
		}

	}

}
