package io.monitoringstack.demoapp;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The form of the console, with the context keys that the OpenTelemetry agent sets.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogFormatTests {

	private static final Map<String, String> TRACE = Map.of("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736", "span_id",
			"00f067aa0ba902b7");

	@Test
	void plainTextShowsTheTraceWhereThereIsOneAndThePairsOfALine(CapturedOutput output) {
		log("");
		List<String> lines = output.getOut().lines().filter((line) -> line.contains("Something happened")).toList();
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).contains("trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 ")
			.endsWith(": Something happened reason=\"a test\"");
		assertThat(lines.get(1)).doesNotContain("trace_id", "span_id");
	}

	@Test
	void jsonHasEverythingASearchNeedsAtTheTop(CapturedOutput output) {
		log("logstash");
		String line = output.getOut()
			.lines()
			.filter((text) -> text.contains("Something happened"))
			.findFirst()
			.orElseThrow();
		JsonNode entry = new JsonMapper().readTree(line);
		assertThat(entry.path("@timestamp").asString()).startsWith("20");
		assertThat(entry.path("level").asString()).isEqualTo("WARN");
		assertThat(entry.path("message").asString()).isEqualTo("Something happened");
		assertThat(entry.path("logger_name").asString()).isEqualTo("test");
		assertThat(entry.path("trace_id").asString()).isEqualTo(TRACE.get("trace_id"));
		assertThat(entry.path("span_id").asString()).isEqualTo(TRACE.get("span_id"));
		assertThat(entry.path("reason").asString()).isEqualTo("a test");
	}

	@AfterEach
	void restore() {
		log("");
	}

	private static void log(String format) {
		// Contexts of other tests are still open; without this their format would stay.
		LoggingSystem.get(LogFormatTests.class.getClassLoader()).cleanUp();
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application
			.run("--logging.structured.format.console=" + format)) {
			assertThat(context.isActive()).isTrue();
			MDC.setContextMap(TRACE);
			LoggerFactory.getLogger("test").atWarn().addKeyValue("reason", "a test").log("Something happened");
			MDC.clear();
			LoggerFactory.getLogger("test").atWarn().log("Something happened");
		}
		finally {
			MDC.clear();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
