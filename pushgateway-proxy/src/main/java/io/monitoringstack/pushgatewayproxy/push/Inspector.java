package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.encoding.ContentCoding;
import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import io.monitoringstack.pushgatewayproxy.exposition.PushContent;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Has a body decoded and checked. Small bodies are checked where they arrived; large and
 * compressed ones elsewhere, so that they do not hold up other connections.
 */
final class Inspector {

	/** Checking this much takes well under a millisecond. */
	private static final int SMALL = 64 * 1024;

	private final PushProperties properties;

	Inspector(PushProperties properties) {
		this.properties = properties;
	}

	/**
	 * Checks a body.
	 * @param request the push
	 * @param coding how the body is encoded
	 * @param key group addressed
	 * @param body body as sent
	 * @param lease pays for the decoded copy
	 * @param push told the number of series
	 * @return the body as sent, if it is in order
	 */
	Mono<DecodedBody> inspect(ServerHttpRequest request, ContentCoding coding, GroupingKey key, DecodedBody body,
			MemoryBudget.Lease lease, PushAttempt push) {
		ContentKind kind = ContentKind.of(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
		ContentRules rules = new ContentRules(key.labels().keySet(), this.properties.utf8Names(),
				this.properties.maxSeries());
		Mono<DecodedBody> check = Mono.fromCallable(() -> {
			DecodedBody decoded = decode(coding, body, lease);
			PushContent content = ContentCheck.check(kind, decoded.bytes(), decoded.length(), rules);
			push.series(content.series());
			return body;
		});
		boolean small = coding == ContentCoding.IDENTITY && body.length() <= SMALL;
		return small ? check : check.subscribeOn(Schedulers.parallel());
	}

	private DecodedBody decode(ContentCoding coding, DecodedBody body, MemoryBudget.Lease lease) {
		if (coding == ContentCoding.IDENTITY) {
			return body;
		}
		DecodedBody decoded = new DecodedBody(this.properties.maxBytes().toBytes(), lease::take);
		coding.decode(body.bytes(), body.length(), decoded);
		return decoded;
	}

}
