package io.monitoringstack.stacktests.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the stock components, each read by the very program that will run with it,
 * with the values that compose gives to their variables; and each refused once it is
 * wrong.
 */
class StockConfigurationTests {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

	/**
	 * Inside the repository, because a checker that runs in a container sees nothing
	 * else.
	 */
	private static final Path COPIES = Repository.path("stack-tests/target/configuration");

	@ParameterizedTest
	@EnumSource
	void itsProgramAcceptsIt(Checked checked) throws IOException {
		Tool.Result result = checked.check("as-it-is", checked.text());
		assertThat(result.exitCode()).as(result::toString).isZero();
	}

	@ParameterizedTest(name = "{0}: {1} -> {2}")
	@MethodSource("mistakes")
	void itsProgramRefusesAMistake(Checked checked, String right, String wrong) throws IOException {
		assertThat(checked.text()).contains(right);
		Tool.Result result = checked.check("mistake", checked.text().replace(right, wrong));
		assertThat(result.exitCode()).as(result::toString).isNotZero();
	}

	@ParameterizedTest
	@EnumSource
	void composeGivesAValueToEachOfItsVariables(Checked checked) {
		Map<String, Object> environment = YamlFile.map(Compose.service(checked.service), "environment");
		assertThat(environment).containsKeys(checked.variables().toArray(String[]::new));
		if (!checked.variables().isEmpty()) {
			assertThat(YamlFile.list(Compose.service(checked.service), "command")).contains("-config.expand-env=true");
		}
	}

	@ParameterizedTest
	@EnumSource
	void itIsTheFileThatTheServiceReads(Checked checked) {
		Map<String, Object> service = Compose.service(checked.service);
		String command = String.join(" ", YamlFile.<String>list(service, "command"));
		assertThat(YamlFile.<String>list(service, "volumes"))
			.as("a volume that puts %s where '%s' reads it", checked.file, command)
			.anySatisfy((volume) -> {
				String[] parts = volume.split(":");
				assertThat(volume).startsWith("./");
				assertThat(Repository.path(checked.file)).startsWith(Repository.path(parts[0]).normalize());
				assertThat(command).contains(parts[1] + "/"
						+ Repository.path(parts[0]).normalize().relativize(Repository.path(checked.file)));
			});
	}

	private static Stream<Arguments> mistakes() {
		return Stream.of(Arguments.of(Checked.LOKI, "retention_enabled:", "retention_enabeld:"),
				Arguments.of(Checked.LOKI, "schema: v13", "schema: v12"),
				Arguments.of(Checked.TEMPO, "block_retention:", "block_retentoin:"),
				Arguments.of(Checked.PROMTAIL, "firstline:", "first_line:"),
				Arguments.of(Checked.PROMTAIL, "relabel_configs:", "relabel_config:"),
				Arguments.of(Checked.COLLECTOR, "queue_size:", "queue_sise:"),
				Arguments.of(Checked.COLLECTOR, "exporters: [otlp_grpc/tempo]", "exporters: [otlp_grpc/temp]"),
				Arguments.of(Checked.BLACKBOX_EXPORTER, "fail_if_not_ssl:", "fail_if_no_ssl:"),
				Arguments.of(Checked.NGINX, "proxy_pass http://grafana;", "proxy_pas http://grafana;"),
				Arguments.of(Checked.NGINX, "proxy_pass http://grafana;", "proxy_pass http://graphana;"));
	}

	/**
	 * A file and the program that reads it.
	 */
	enum Checked {

		LOKI("loki", "config/loki.yml", "loki", "-verify-config", "-config.file=FILE"),

		TEMPO("tempo", "config/tempo.yml", "tempo", "-config.verify=true", "-config.file=FILE"),

		// Reads an empty input to its end, because -check-syntax looks at no stage.
		PROMTAIL("promtail", "config/promtail.yml", "promtail", "-stdin", "-dry-run", "-config.file=FILE"),

		COLLECTOR("otel-collector", "config/otel-collector.yml", "otelcol", "validate", "--config=FILE"),

		BLACKBOX_EXPORTER("blackbox-exporter", "config/blackbox.yml", "blackbox_exporter", "--config.check",
				"--config.file=FILE"),

		// As root it would look for the group of its default user, which an image need
		// not have.
		NGINX("nginx", "config/nginx/nginx.conf", "nginx", "-t", "-c", "FILE", "-g", "user root root;");

		private final String service;

		private final String file;

		private final String program;

		private final List<String> arguments;

		Checked(String service, String file, String program, String... arguments) {
			this.service = service;
			this.file = file;
			this.program = program;
			this.arguments = List.of(arguments);
		}

		/**
		 * The file with the values that compose gives.
		 */
		String text() {
			Map<String, Object> environment = YamlFile.map(Compose.service(this.service), "environment");
			return VARIABLE.matcher(Repository.read(this.file))
				.replaceAll((variable) -> Matcher
					.quoteReplacement(Compose.expand(YamlFile.text(environment, variable.group(1)))));
		}

		Set<String> variables() {
			Set<String> names = new LinkedHashSet<>();
			VARIABLE.matcher(Repository.read(this.file)).results().forEach((match) -> names.add(match.group(1)));
			return names;
		}

		Tool.Result check(String variant, String text) throws IOException {
			return check(variant, text, "");
		}

		Tool.Result check(String variant, String text, String input) throws IOException {
			Tool tool = Tool.named(this.program);
			Files.createDirectories(COPIES);
			Path copy = COPIES.resolve(variant + "-" + Repository.name(Path.of(this.file)));
			Files.writeString(copy, text);
			return tool.runWith(input,
					this.arguments.stream()
						.map((argument) -> argument.replace("FILE", copy.toString()))
						.toArray(String[]::new));
		}

		@Override
		public String toString() {
			return this.file;
		}

	}

}
