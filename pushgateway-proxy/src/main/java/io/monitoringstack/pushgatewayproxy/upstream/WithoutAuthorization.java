package io.monitoringstack.pushgatewayproxy.upstream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * A request without the token, which is meant for the proxy alone.
 */
final class WithoutAuthorization extends ServerHttpRequestDecorator {

	private final HttpHeaders headers;

	WithoutAuthorization(ServerHttpRequest request) {
		super(request);
		this.headers = new HttpHeaders();
		this.headers.putAll(request.getHeaders());
		this.headers.remove(HttpHeaders.AUTHORIZATION);
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

}
