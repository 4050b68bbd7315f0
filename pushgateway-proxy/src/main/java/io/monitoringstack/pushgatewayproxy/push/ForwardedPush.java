package io.monitoringstack.pushgatewayproxy.push;

import java.net.URI;
import java.nio.ByteBuffer;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * The push as Pushgateway gets it: the bytes the client sent, or their translation, with
 * a length, under the verb that the mode asks for.
 */
final class ForwardedPush extends ServerHttpRequestDecorator {

	private final HttpMethod method;

	private final URI uri;

	private final HttpHeaders headers;

	private final DecodedBody body;

	private final DataBufferFactory bufferFactory;

	ForwardedPush(ServerHttpRequest request, HttpMethod method, String path, DecodedBody body,
			@Nullable Translation translation, DataBufferFactory bufferFactory) {
		super(request);
		this.method = method;
		this.uri = withPath(request.getURI(), path);
		this.headers = headers(request, method, body.length());
		if (translation != null) {
			this.headers.set(HttpHeaders.CONTENT_TYPE, translation.contentType());
			this.headers.remove(HttpHeaders.CONTENT_ENCODING);
		}
		this.body = body;
		this.bufferFactory = bufferFactory;
	}

	private static URI withPath(URI uri, String path) {
		if (path.equals(uri.getRawPath())) {
			return uri;
		}
		String query = uri.getRawQuery();
		return URI
			.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + ((query != null) ? "?" + query : ""));
	}

	private static HttpHeaders headers(ServerHttpRequest request, HttpMethod method, int length) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(request.getHeaders());
		// The proxy's server has answered Expect already.
		headers.remove(HttpHeaders.EXPECT);
		headers.remove(HttpHeaders.TRANSFER_ENCODING);
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		if (length > 0 || method != HttpMethod.DELETE) {
			headers.setContentLength(length);
		}
		return headers;
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	/**
	 * The body, as often as it is asked for: a second attempt gets it again.
	 */
	@Override
	public Flux<DataBuffer> getBody() {
		if (this.body.length() == 0) {
			return Flux.empty();
		}
		return Flux
			.defer(() -> Flux.just(this.bufferFactory.wrap(ByteBuffer.wrap(this.body.bytes(), 0, this.body.length()))));
	}

}
