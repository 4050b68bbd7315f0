package io.monitoringstack.pushgatewayproxy.upstream;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void answersBeforeJavaClientsGiveUp() {
		this.runner.run((context) -> {
			UpstreamProperties properties = context.getBean(UpstreamProperties.class);
			Duration longest = properties.queueTimeout().plus(properties.responseTimeout());
			assertThat(longest.plus(properties.connectTimeout())).isLessThan(Duration.ofSeconds(10));
			assertThat(properties.url()).hasToString("http://localhost:9191");
		});
	}

	@Test
	void keepsTheRoutePrefix() {
		this.runner.withPropertyValues("pushgateway.url=http://host:9091/prefix/")
			.run((context) -> assertThat(context.getBean(UpstreamProperties.class).address("/-/ready"))
				.isEqualTo("http://host:9091/prefix/-/ready"));
	}

	@ParameterizedTest
	@CsvSource({ "http://host:9091/prefix/, host, 9091, false, /prefix", "http://host, host, 80, false, ''",
			"HTTPS://host/a/b/, host, 443, true, /a/b", "https://10.0.0.1:8443/, 10.0.0.1, 8443, true, ''" })
	void takesTheAddressApart(String url, String host, int port, boolean secure, String prefix) {
		this.runner.withPropertyValues("pushgateway.url=" + url).run((context) -> {
			UpstreamProperties properties = context.getBean(UpstreamProperties.class);
			assertThat(properties.socketAddress()).isEqualTo(InetSocketAddress.createUnresolved(host, port));
			assertThat(properties.isSecure()).isEqualTo(secure);
			assertThat(properties.prefix()).isEqualTo(prefix);
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "pushgateway:9091", "ftp://host", "http://user:pass@host", "http://host?x", "http://host#x" })
	void saysHowTheAddressMustLook(String url) {
		this.runner.withPropertyValues("pushgateway.url=" + url)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("PUSHGATEWAY_URL"));
	}

	@Test
	void refusesToWaitForNoTimeAtAll() {
		this.runner.withPropertyValues("pushgateway.response-timeout=0s")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("must be positive"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(UpstreamProperties.class)
	static class Properties {

	}

}
