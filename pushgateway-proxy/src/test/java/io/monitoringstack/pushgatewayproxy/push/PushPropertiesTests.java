package io.monitoringstack.pushgatewayproxy.push;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class PushPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void hasDefaults() {
		this.runner.run((context) -> {
			PushProperties properties = context.getBean(PushProperties.class);
			assertThat(properties.mode()).isEqualTo(PushMode.MERGE);
			assertThat(properties.maxBytes()).isEqualTo(DataSize.ofMegabytes(10));
			assertThat(properties.maxSeries()).isEqualTo(100_000);
			assertThat(properties.utf8Names()).isFalse();
		});
	}

	@Test
	void readsTheEnvironmentThatComposeSets() {
		withEnvironment(Map.of("PUSH_MODE", "replace", "PUSH_MAX_BYTES", "2MB", "PUSH_MAX_SERIES", "7",
				"PUSH_MAX_IN_FLIGHT_BYTES", "9MB", "PUSH_BEARER_TOKEN", "t", "PUSH_BEARER_TOKEN_FILE", "",
				"PUSH_UTF8_NAMES", "true", "PUSH_MAX_JOBS", "5"))
			.run((context) -> {
				PushProperties properties = context.getBean(PushProperties.class);
				assertThat(properties.mode()).isEqualTo(PushMode.REPLACE);
				assertThat(properties.maxBytes()).isEqualTo(DataSize.ofMegabytes(2));
				assertThat(properties.maxSeries()).isEqualTo(7);
				assertThat(properties.maxInFlightBytes()).isEqualTo(DataSize.ofMegabytes(9));
				assertThat(properties.bearerToken()).isEqualTo("t");
				assertThat(properties.hasTokenFile()).isFalse();
				assertThat(properties.utf8Names()).isTrue();
				assertThat(properties.maxJobs()).isEqualTo(5);
			});
	}

	@Test
	void saysWhatToSetWhenValuesDoNotFitTogether() {
		withEnvironment(Map.of("PUSH_MAX_BYTES", "30MB"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("PUSH_MAX_IN_FLIGHT_BYTES"));
		withEnvironment(Map.of("PUSH_BEARER_TOKEN", "t0ken", "PUSH_BEARER_TOKEN_FILE", "/run/token"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("only one of")
				.hasMessageNotContaining("t0ken"));
		withEnvironment(Map.of("PUSH_MODE", "owned", "PUSH_CHECK", "upstream"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("PUSH_CHECK"));
		withEnvironment(Map.of("PUSH_MODE", "owned")).run((context) -> assertThat(context).hasNotFailed());
		withEnvironment(Map.of("PUSH_MODE", "owner"))
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining("push.mode"));
	}

	private ApplicationContextRunner withEnvironment(Map<String, Object> variables) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	@Test
	void keepsPushesForARestartOnlyWhereItChecksThem() {
		withEnvironment(Map.of())
			.run((context) -> assertThat(context.getBean(ReplayProperties.class).bytes()).isZero());
		withEnvironment(Map.of("PUSH_REPLAY", "true", "PUSH_REPLAY_MAX_BYTES", "2MB"))
			.run((context) -> assertThat(context.getBean(ReplayProperties.class).bytes()).isEqualTo(2 * 1024 * 1024));
		withEnvironment(Map.of("PUSH_REPLAY", "true", "PUSH_CHECK", "upstream"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("PUSH_CHECK"));
		withEnvironment(Map.of("PUSH_REPLAY_MAX_BYTES", "0B"))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("PUSH_REPLAY_MAX_BYTES"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ PushProperties.class, ReplayProperties.class })
	static class Properties {

	}

}
