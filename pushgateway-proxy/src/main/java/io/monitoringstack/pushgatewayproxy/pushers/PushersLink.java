package io.monitoringstack.pushgatewayproxy.pushers;

import java.nio.charset.StandardCharsets;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Leads from Pushgateway's own page to the page of pushers: a link behind the end of the
 * page, which browsers take into it. Nothing else of the page is read or changed.
 */
final class PushersLink implements WebFilter {

	private static final byte[] LINK = """

			<p style="position:fixed;right:1rem;bottom:.5rem;margin:0;padding:.3rem .8rem;z-index:1040;font-family:sans-serif;\
			background:#fff;border:1px solid #adb5bd;border-radius:4px"><a href="pushers">Who pushes · 누가 push하나</a></p>
			"""
		.getBytes(StandardCharsets.UTF_8);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean page = exchange.getRequest().getMethod() == HttpMethod.GET
				&& "/".equals(exchange.getRequest().getURI().getRawPath());
		return chain.filter(page ? exchange.mutate().response(new Linked(exchange.getResponse())).build() : exchange);
	}

	private static final class Linked extends ServerHttpResponseDecorator {

		Linked(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			if (!isPlainPage()) {
				return super.writeWith(body);
			}
			long length = getHeaders().getContentLength();
			if (length >= 0) {
				getHeaders().setContentLength(length + LINK.length);
			}
			return super.writeWith(
					Flux.concat(Flux.from(body), Mono.fromSupplier(() -> bufferFactory().wrap(LINK.clone()))));
		}

		private boolean isPlainPage() {
			MediaType type = getHeaders().getContentType();
			return HttpStatus.OK.equals(getStatusCode()) && type != null && MediaType.TEXT_HTML.isCompatibleWith(type)
					&& !getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING);
		}

	}

}
