package io.monitoringstack.doorayadapter.store;

import java.util.Arrays;
import java.util.Locale;

import io.monitoringstack.doorayadapter.DoorayAdapterApplication;
import io.monitoringstack.doorayadapter.told.ToldStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class StoreSettingsTests {

	@Test
	void withoutItNothingOfRedisOrSpringDataIsSetUp() {
		try (ConfigurableApplicationContext context = start("adapter.store=", "spring.data.redis.url=nonsense")) {
			assertThat(context.getBean(ToldStore.class)).isSameAs(ToldStore.NONE);
			assertThat(context.getBeansOfType(RedisConnectionFactory.class)).isEmpty();
			assertThat(Arrays.stream(context.getBeanDefinitionNames())
				.map((name) -> String.valueOf(context.getType(name))))
				.noneMatch((type) -> type.contains("redis") || type.contains("springframework.data")
						|| type.contains("springframework.transaction"));
		}
	}

	@Test
	void aRedisThatIsNotThereDoesNotKeepItFromStarting(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("adapter.store=redis",
				"spring.data.redis.url=redis://user:S3CR3T@127.0.0.1:9")) {
			assertThat(context.getBean(ToldStore.class)).isInstanceOf(GuardedStore.class);
			assertThat(context.getBeanNamesForType(HealthContributor.class))
				.noneMatch((name) -> name.toLowerCase(Locale.ROOT).contains("redis"));
		}
		assertThat(output.getAll()).doesNotContain("S3CR3T");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "etcd | redis://host | ADAPTER_STORE has to be memory or redis",
					"redis | '' | ADAPTER_STORE=redis needs SPRING_DATA_REDIS_HOST or SPRING_DATA_REDIS_URL",
					"redis | http://user:S3CR3T@host | SPRING_DATA_REDIS_URL has to be redis://",
					"redis | redis://user:S3CR3T %@host | SPRING_DATA_REDIS_URL has to be redis://",
					"redis | S3CR3T | SPRING_DATA_REDIS_URL has to be redis://" })
	void wrongSettingsEndTheStartWithASentenceAndNoSecret(String store, String url, String sentence,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("adapter.store=" + store, "spring.data.redis.url=" + url))
			.withMessageContaining(sentence);
		assertThat(output.getAll()).contains(sentence).doesNotContain("S3CR3T");
	}

	private static ConfigurableApplicationContext start(String... settings) {
		SpringApplication application = new SpringApplicationBuilder(DoorayAdapterApplication.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.build();
		return application.run(Arrays.stream(settings).map((setting) -> "--" + setting).toArray(String[]::new));
	}

}
