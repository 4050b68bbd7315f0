package io.monitoringstack.doorayadapter.dooray;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProxySettingsTests {

	@Test
	void usesTheProxyOfTheScheme() {
		ProxySettings settings = settings(
				Map.of("https_proxy", "http://proxy.corp:8080", "no_proxy", ".corp, 10.0.0.9"));
		assertThat(select(settings, "https://hook.dooray.com/x")).isEqualTo("proxy.corp:8080");
		assertThat(select(settings, "http://hook.example.com/x")).isEqualTo("direct");
		assertThat(select(settings, "https://relay.corp/x")).isEqualTo("direct");
		assertThat(select(settings, "https://10.0.0.9/x")).isEqualTo("direct");
		assertThat(select(settings, "https://notcorp/x")).isEqualTo("proxy.corp:8080");
	}

	@Test
	void neverSendsLoopbackThroughAProxy() {
		ProxySettings settings = settings(Map.of("http_proxy", "proxy.corp:8080"));
		assertThat(select(settings, "http://localhost:9096/x")).isEqualTo("direct");
		assertThat(select(settings, "http://127.0.0.1:9096/x")).isEqualTo("direct");
		assertThat(select(settings, "http://dooray-simulator:9096/x")).isEqualTo("proxy.corp:8080");
	}

	@Test
	void itsOwnVariableWinsForHttps() {
		ProxySettings settings = settings(Map.of("https_proxy", "http://proxy.corp:8080", "DOORAY_PROXY",
				"http://user:p%40ss@dooray-proxy.corp:3129", "no_proxy", "corp"));
		assertThat(select(settings, "https://hook.dooray.com/x")).isEqualTo("dooray-proxy.corp:3129");
		assertThat(select(settings, "https://relay.corp/x")).isEqualTo("direct");
		assertThat(select(settings, "http://alertmanager:9093/x")).isEqualTo("direct");
	}

	@Test
	void answersForThePasswordOnlyWhenThereIsOne() {
		assertThat(settings(Map.of("https_proxy", "http://u:p@proxy.corp:8080")).authenticator()).isPresent();
		assertThat(settings(Map.of("https_proxy", "http://proxy.corp:8080")).authenticator()).isEmpty();
	}

	@Test
	void refusesNonsenseWithoutPrintingIt() {
		assertThatExceptionOfType(InvalidHookException.class)
			.isThrownBy(() -> settings(Map.of("https_proxy", "http://user:s3cr3t@/ /")))
			.withMessageContaining("https_proxy")
			.withMessageNotContaining("s3cr3t");
	}

	private static ProxySettings settings(Map<String, String> variables) {
		return new ProxySettings((name) -> variables.getOrDefault(name, ""), null);
	}

	private static String select(ProxySettings settings, String url) {
		List<Proxy> proxies = settings.select(URI.create(url));
		return (proxies.get(0).address() instanceof InetSocketAddress address)
				? address.getHostString() + ":" + address.getPort() : "direct";
	}

}
