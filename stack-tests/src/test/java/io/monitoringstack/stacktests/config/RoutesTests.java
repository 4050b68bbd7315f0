package io.monitoringstack.stacktests.config;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code config/nginx/nginx.conf} against the compose file: nobody is sent to a service
 * that does not exist, and what must not be reached through the one address is not.
 */
class RoutesTests {

	private static final String FILE = "config/nginx/nginx.conf";

	private static final Pattern BACKEND = Pattern.compile("(?m)^\\s*set \\$\\w+ ((?:http|grpc)://[^;]+);");

	@Test
	void everyBackendIsAService() {
		List<String> hosts = backends().stream().map(URI::getHost).distinct().toList();
		assertThat(hosts).hasSizeGreaterThan(6);
		assertThat(Compose.services()).containsKeys(hosts.toArray(String[]::new));
	}

	@Test
	void pushgatewayIsReachedThroughItsProxyAlone() {
		assertThat(backends()).extracting(URI::getHost).contains("pushgateway-proxy").doesNotContain("pushgateway");
	}

	@Test
	void backendsAreFoundByNameAtEachRequest() {
		assertThat(Repository.read(FILE).lines().map(String::strip))
			.as("an address in proxy_pass is looked up once, at start, and nginx does not start without it")
			.filteredOn((line) -> line.startsWith("proxy_pass ") || line.startsWith("grpc_pass "))
			.hasSizeGreaterThan(9)
			.allMatch((line) -> line.matches("\\w+_pass \\$\\S+;"));
	}

	@Test
	void itsFiguresAreWhereTheExporterLooks() {
		String exporter = YamlFile.list(Compose.service("nginx-exporter"), "command").toString();
		assertThat(exporter).contains("=http://nginx:8081/stub_status");
		assertThat(Repository.read(FILE)).containsPattern("listen 8081;[^}]*location = /stub_status");
	}

	private static List<URI> backends() {
		return BACKEND.matcher(Repository.read(FILE))
			.results()
			.map((match) -> URI.create(match.group(1)))
			.distinct()
			.toList();
	}

}
