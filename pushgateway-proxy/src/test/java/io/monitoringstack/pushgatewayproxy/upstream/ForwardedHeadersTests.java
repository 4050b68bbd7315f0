package io.monitoringstack.pushgatewayproxy.upstream;

import java.util.List;
import java.util.Map;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardedHeadersTests {

	@Test
	void copiesWhatBelongsToThePushAndNothingElse() {
		HttpHeaders forwarded = copy(false,
				List.of(Map.entry("Host", "proxy:9091"), Map.entry("Content-Type", "text/plain"),
						Map.entry("Connection", "close, X-Mine"), Map.entry("X-Mine", "1"),
						Map.entry("x-forwarded-for", "10.0.0.1"), Map.entry("Authorization", "Basic abc"),
						Map.entry("X-Other", "a"), Map.entry("X-Other", "b")));
		assertThat(forwarded.entries().stream().map((header) -> header.getKey() + ": " + header.getValue()))
			.containsExactly("Host: pushgateway:9091", "Content-Type: text/plain", "Authorization: Basic abc",
					"X-Other: a", "X-Other: b");
	}

	@Test
	void sendsTheUserAgentOfThePusherNotOurs() {
		HttpHeaders forwarded = copy(false, List.of(Map.entry("User-Agent", "curl/8")));
		assertThat(forwarded.getAll("user-agent")).containsExactly("curl/8");
		assertThat(forwarded.contains("accept")).isFalse();
	}

	@Test
	void keepsATokenThatIsForTheProxy() {
		assertThat(copy(true, List.of(Map.entry("authorization", "Bearer secret"))).contains("Authorization"))
			.isFalse();
	}

	private static HttpHeaders copy(boolean hideAuthorization, List<Map.Entry<String, String>> incoming) {
		HttpHeaders forwarded = new DefaultHttpHeaders().add("Host", "pushgateway:9091")
			.add("User-Agent", "ReactorNetty/1")
			.add("Accept", "*/*");
		new ForwardedHeaders(() -> hideAuthorization).copy(incoming, forwarded);
		return forwarded;
	}

}
