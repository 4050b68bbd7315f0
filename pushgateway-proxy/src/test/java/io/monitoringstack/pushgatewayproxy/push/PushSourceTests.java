package io.monitoringstack.pushgatewayproxy.push;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PushSourceTests {

	@Test
	void aSourceThatNamesItselfIsTheSameFromEverywhere() {
		assertThat(source("10.0.0.1", "backup")).isEqualTo(source("10.0.0.2", "backup"));
		assertThat(source("10.0.0.1", "backup")).isNotEqualTo(source("10.0.0.1", "report"));
	}

	@Test
	void whoHasNoNameIsKnownByTheAddress() {
		assertThat(source("10.0.0.1", null)).isEqualTo(source("10.0.0.1", null));
		assertThat(source("10.0.0.1", null)).isNotEqualTo(source("10.0.0.2", null));
	}

	@Test
	void aNameIsNeverTakenForAnAddress() {
		assertThat(source("10.0.0.1", "10.0.0.1")).isNotEqualTo(source("10.0.0.1", null));
	}

	@Test
	void whoHasATokenWithANameIsKnownByThat() {
		assertThat(source("10.0.0.1", null, "ci")).isEqualTo(source("10.0.0.2", null, "ci"))
			.isNotEqualTo(source("10.0.0.1", "ci"));
		assertThat(source("10.0.0.1", "backup", "ci")).isEqualTo(source("10.0.0.1", "backup"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "알림",
			"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890" })
	void refusesANameThatIsNotUsable(String name) {
		assertThatThrownBy(() -> source("10.0.0.1", name)).hasMessageContaining("X-Push-Source");
	}

	private static String source(String address, String name) {
		return source(address, name, null);
	}

	private static String source(String address, String name, String identity) {
		MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.put("/metrics/job/a")
			.remoteAddress(new InetSocketAddress(address, 4711));
		MockServerWebExchange exchange = MockServerWebExchange
			.from(((name != null) ? request.header("X-Push-Source", name) : request).build());
		PushSource.note(exchange, identity);
		return PushSource.of(exchange);
	}

}
