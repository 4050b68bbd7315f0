package io.monitoringstack.pushgatewayproxy.push;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.monitoringstack.pushgatewayproxy.edge.EdgeGate;
import io.monitoringstack.pushgatewayproxy.edge.OwnedPush;
import io.monitoringstack.pushgatewayproxy.edge.StoreAnswer;
import io.monitoringstack.pushgatewayproxy.edge.StoreRequest;
import io.monitoringstack.pushgatewayproxy.encoding.ContentCoding;
import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * The way to a Pushgateway that does not check pushes: what it would have refused never
 * gets there, and its 202 for a push becomes the 200 of one that checks.
 */
final class EdgeRoute implements PushRoute {

	private static final int OK = 200;

	private static final int ACCEPTED = 202;

	private final PushMode mode;

	private final EdgeGate gate;

	EdgeRoute(PushMode mode, EdgeGate gate) {
		this.mode = mode;
		this.gate = gate;
	}

	@Override
	public Mono<Void> push(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, Inspection inspection) {
		Refusal refusal = inspection.refusal();
		if (refusal != null) {
			return this.gate.noteFailure(path.key()).then(Mono.error(refusal.asException()));
		}
		GroupPush push = inspection.push();
		if (push == null) {
			return Mono.error(new IllegalStateException("the body was not looked into"));
		}
		StoreRequest request = request(exchange, path, inspection.body(), inspection.translation());
		return sent(exchange, push, request)
			.flatMap((answer) -> answer(exchange, answer, (answer.status() == ACCEPTED) ? OK : answer.status()));
	}

	@Override
	public Mono<Void> delete(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, DecodedBody body) {
		return this.gate.delete(path.key(), request(exchange, path, body, null))
			.flatMap((answer) -> answer(exchange, answer, answer.status()));
	}

	private Mono<StoreAnswer> sent(ServerWebExchange exchange, GroupPush push, StoreRequest request) {
		ServerHttpRequest asked = exchange.getRequest();
		if (this.mode != PushMode.OWNED) {
			return this.gate.push(push, request);
		}
		return Mono.defer(() -> this.gate.push(push, request,
				new OwnedPush(PushSource.of(exchange), asked.getMethod() == HttpMethod.PUT, isAppendable(asked))));
	}

	private static boolean isAppendable(ServerHttpRequest asked) {
		HttpHeaders headers = asked.getHeaders();
		return ContentKind.of(headers.getFirst(HttpHeaders.CONTENT_TYPE)) == ContentKind.PROTOBUF
				&& ContentCoding.of(headers.getFirst(HttpHeaders.CONTENT_ENCODING)) == ContentCoding.IDENTITY;
	}

	private StoreRequest request(ServerWebExchange exchange, PushPath path, DecodedBody body,
			@Nullable Translation translation) {
		ServerHttpRequest request = exchange.getRequest();
		ForwardedPush forwarded = new ForwardedPush(request, this.mode.verb(request.getMethod()), path.forwarded(),
				body, translation, exchange.getResponse().bufferFactory());
		List<Map.Entry<String, String>> headers = new ArrayList<>();
		forwarded.getHeaders()
			.forEach((name, values) -> values.forEach((value) -> headers.add(Map.entry(name, value))));
		String query = forwarded.getURI().getRawQuery();
		return new StoreRequest(forwarded.getMethod().name(),
				forwarded.getURI().getRawPath() + ((query != null) ? "?" + query : ""), headers, body.bytes(),
				body.length());
	}

	private static Mono<Void> answer(ServerWebExchange exchange, StoreAnswer answer, int status) {
		ServerHttpResponse response = exchange.getResponse();
		response.setRawStatusCode(status);
		byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
		response.getHeaders().setContentLength(text.length);
		if (text.length == 0) {
			return response.setComplete();
		}
		if (!answer.contentType().isEmpty()) {
			response.getHeaders().set(HttpHeaders.CONTENT_TYPE, answer.contentType());
		}
		return response.writeWith(Mono.just(response.bufferFactory().wrap(text)));
	}

}
