package io.monitoringstack.demoapp;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
@WholeService
@TestPropertySource(
		properties = { "spring.datasource.username=memos", "spring.datasource.password=s3cret-of-the-database",
				"logging.level.org.springframework.jdbc=debug", "logging.level.com.zaxxer.hikari=debug" })
class SecretsTests {

	private static final String SECRET = "s3cret-of-the-database";

	@Autowired
	private RestTestClient client;

	@Autowired
	private DataSourceProperties dataSource;

	@AfterEach
	void heal() {
		this.client.delete().uri("/chaos").exchange();
	}

	@Test
	void thePasswordIsInNoAnswerAndNoLogLine(CapturedOutput output) {
		assertThat(this.dataSource.getPassword()).as("the test has a password to find").isEqualTo(SECRET);
		for (String path : List.of("/", "/metrics", "/health/", "/actuator", "/actuator/health", "/actuator/info",
				"/api/memos", "/api/memos/1", "/chaos", "/nowhere")) {
			assertThat(read(path)).as(path).doesNotContain(SECRET);
		}
		this.client.post().uri("/chaos/database").exchange();
		for (String path : List.of("/api/memos", "/health/", "/metrics")) {
			assertThat(read(path)).as(path + " while the database is away").doesNotContain(SECRET, "jdbc:");
		}
		assertThat(output.getAll()).isNotEmpty().doesNotContain(SECRET);
	}

	@Test
	void onlyHealthInfoAndMetricsAreExposed() {
		for (String name : List.of("env", "configprops", "beans", "heapdump", "threaddump", "loggers", "mappings",
				"flyway", "shutdown")) {
			this.client.get().uri("/actuator/" + name).exchange().expectStatus().isNotFound();
		}
	}

	private String read(String path) {
		return String.valueOf(this.client.get().uri(path).exchange().returnResult(String.class).getResponseBody());
	}

}
