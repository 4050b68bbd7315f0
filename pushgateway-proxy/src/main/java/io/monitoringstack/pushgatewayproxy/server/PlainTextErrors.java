package io.monitoringstack.pushgatewayproxy.server;

import java.nio.charset.StandardCharsets;

import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers every failure as plain text, as Pushgateway does: push clients show the body of
 * an error to people, and none of them reads JSON.
 */
@Component
@Order(-2)
final class PlainTextErrors implements ErrorWebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(PlainTextErrors.class);

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(ex);
		}
		return write(response, refusal(ex));
	}

	private static Refusal refusal(Throwable ex) {
		if (ex instanceof RefusedException refused) {
			return refused.refusal();
		}
		if (ex instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
			return new Refusal(response.getStatusCode().value(), Reason.NOT_FOUND,
					"The request cannot be served: " + response.getStatusCode() + ".");
		}
		logger.error("a request failed for a reason that is not the caller's", ex);
		return Refusal.retryLater(500, Reason.INTERNAL,
				"The proxy failed. This is a defect; its log says more. Whether the push was stored is not known.");
	}

	private static Mono<Void> write(ServerHttpResponse response, Refusal refusal) {
		byte[] text = (refusal.text() + "\n").getBytes(StandardCharsets.UTF_8);
		response.setRawStatusCode(refusal.status());
		HttpHeaders headers = response.getHeaders();
		headers.clearContentHeaders();
		refusal.headers().forEach(headers::set);
		headers.set(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
		headers.set("X-Content-Type-Options", "nosniff");
		headers.setContentLength(text.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(text)));
	}

}
