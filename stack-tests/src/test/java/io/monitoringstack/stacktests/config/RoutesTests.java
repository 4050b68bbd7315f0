package io.monitoringstack.stacktests.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code config/nginx/nginx.conf} against the compose file: nobody is sent to a service
 * that does not exist, and what must not be reached through the one address is not.
 */
class RoutesTests {

	private static final String FILE = "config/nginx/nginx.conf";

	private static final Pattern BACKEND = Pattern
		.compile("(?m)^\\s*(?:set \\$\\w+ http://|upstream .* server )([a-z-]+):\\d+");

	private static final Pattern UPSTREAM = Pattern.compile("(?m)^  upstream (\\S+) +\\{(.*)}$");

	@Test
	void everyBackendIsAService() {
		assertThat(backends()).hasSizeGreaterThan(6);
		assertThat(Compose.services()).containsKeys(backends().toArray(String[]::new));
	}

	@Test
	void pushgatewayIsReachedThroughItsProxyAlone() {
		assertThat(backends()).contains("pushgateway-proxy").doesNotContain("pushgateway");
	}

	@Test
	void backendsAreLookedUpWhileItRuns() {
		assertThat(Repository.read(FILE).lines().map(String::strip))
			.as("an address in proxy_pass is looked up once, at start, and nginx does not start without it")
			.filteredOn((line) -> line.startsWith("proxy_pass ") || line.startsWith("grpc_pass "))
			.hasSizeGreaterThan(9)
			.allSatisfy((line) -> assertThat(
					line.replaceFirst("^\\w+_pass (?:\\w+://)?([\\w-]+|\\$collector(?=/)).*;$", "$1"))
				.isIn(Stream.concat(upstreams().keySet().stream(), Stream.of("$collector")).toList()));
	}

	@Test
	void upstreamsFollowANameAndKeepTheirConnections() {
		assertThat(upstreams()).hasSizeGreaterThan(6)
			.allSatisfy((name, settings) -> assertThat(settings)
				.matches(" zone " + name + " 64k; +server \\S+ resolve; +keepalive \\d+; keepalive_timeout 30s; "));
	}

	@Test
	void itsFiguresAreWhereTheExporterLooks() {
		String exporter = YamlFile.list(Compose.service("nginx-exporter"), "command").toString();
		assertThat(exporter).contains("=http://nginx:8081/stub_status");
		assertThat(Repository.read(FILE)).containsPattern("listen 8081;[^}]*location = /stub_status");
	}

	private static Set<String> backends() {
		return BACKEND.matcher(Repository.read(FILE))
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
	}

	private static Map<String, String> upstreams() {
		return UPSTREAM.matcher(Repository.read(FILE))
			.results()
			.collect(Collectors.toMap((match) -> match.group(1), (match) -> match.group(2)));
	}

}
