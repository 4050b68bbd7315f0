package io.monitoringstack.doorayadapter.dooray;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.delivery.Hooks;
import io.monitoringstack.doorayadapter.delivery.PerLanguage;
import io.monitoringstack.doorayadapter.message.MessagePacker;
import io.monitoringstack.doorayadapter.routing.Channel;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts the way out together.
 */
@Configuration(proxyBeanMethods = false)
class DoorayConfiguration {

	@Bean
	Hooks hooks(ConfigurableEnvironment environment, DoorayProperties properties) {
		HookVariables variables = HookVariables.of(environment, properties.hookDir());
		return new HookDirectory(variables, new HookPolicy(properties));
	}

	/**
	 * The OpenTelemetry of the agent, when it is attached.
	 * @return it, or one that does nothing
	 */
	@Bean
	OpenTelemetry openTelemetry() {
		return GlobalOpenTelemetry.get();
	}

	@Bean
	PackingSender messageSender(HttpClient httpClient, DoorayProperties properties, QueueProperties queue, Clock clock,
			MeterRegistry registry, Hooks hooks, OpenTelemetry telemetry, PerLanguage<MessagePacker> packers) {
		JsonMapper json = JsonMapper.builder()
			.changeDefaultPropertyInclusion((include) -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
		DoorayClient client = new DoorayClient(httpClient, new DoorayAnswer(clock), new DeliveryTracing(telemetry));
		Set<String> channels = new TreeSet<>(hooks.channels());
		channels.addAll(List.of(Channel.DEFAULT, Channel.CRITICAL, Channel.WARNING));
		return new PackingSender(client, json, packers, properties, queue, registry, channels);
	}

	/**
	 * The client for everything that leaves this service, with the proxy it has to use
	 * and the authorities it trusts.
	 * @param environment holds the proxy's settings
	 * @param properties time to wait for a connection, and further authorities
	 * @return it
	 */
	@Bean
	HttpClient httpClient(ConfigurableEnvironment environment, DoorayProperties properties) {
		ProxySettings proxy = new ProxySettings((name) -> environment.getProperty(name, ""),
				ProxySelector.getDefault());
		HttpClient.Builder client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(properties.connectTimeout())
			.followRedirects(HttpClient.Redirect.NEVER)
			.proxy(proxy);
		ExtraCa.of(properties.caFile()).ifPresent(client::sslContext);
		proxy.authenticator().ifPresent((authenticator) -> {
			// Otherwise the JDK sends no password to a proxy on the way to an https host.
			System.setProperty("jdk.http.auth.tunneling.disabledSchemes",
					System.getProperty("jdk.http.auth.tunneling.disabledSchemes", ""));
			client.authenticator(authenticator);
		});
		return client.build();
	}

}
