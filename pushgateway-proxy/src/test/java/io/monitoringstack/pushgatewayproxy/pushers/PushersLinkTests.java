package io.monitoringstack.pushgatewayproxy.pushers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class PushersLinkTests {

	private static final String PAGE = "<html><body>groups</body></html>";

	@Test
	void standsBehindPushgatewaysPage() {
		MockServerWebExchange exchange = answer("GET", "/", 200, "text/html; charset=utf-8", null);
		String page = exchange.getResponse().getBodyAsString().block(Duration.ofSeconds(5));
		assertThat(page).startsWith(PAGE).contains("<a href=\"pushers\">");
		assertThat(exchange.getResponse().getHeaders().getContentLength())
			.isEqualTo(page.getBytes(StandardCharsets.UTF_8).length);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /metrics, 200, text/html,", "GET, /, 404, text/html,", "GET, /, 200, text/plain,",
			"GET, /, 200, text/html, gzip", "HEAD, /, 200, text/html," })
	void leavesEverythingElseAsItIs(String method, String path, int status, String type, String encoding) {
		MockServerWebExchange exchange = answer(method, path, status, type, encoding);
		assertThat(exchange.getResponse().getBodyAsString().block(Duration.ofSeconds(5))).isEqualTo(PAGE);
		assertThat(exchange.getResponse().getHeaders().getContentLength()).isEqualTo(PAGE.length());
	}

	private static MockServerWebExchange answer(String method, String path, int status, String type, String encoding) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(HttpMethod.valueOf(method), path));
		new PushersLink().filter(exchange, (inner) -> write(inner, status, type, encoding))
			.block(Duration.ofSeconds(5));
		return exchange;
	}

	private static Mono<Void> write(ServerWebExchange exchange, int status, String type, String encoding) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(status));
		response.getHeaders().setContentType(MediaType.valueOf(type));
		response.getHeaders().setContentLength(PAGE.length());
		if (encoding != null) {
			response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, encoding);
		}
		return response.writeWith(Mono.just(response.bufferFactory().wrap(PAGE.getBytes(StandardCharsets.UTF_8))));
	}

}
