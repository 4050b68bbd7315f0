package io.monitoringstack.pushgatewayproxy.push;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import io.monitoringstack.pushgatewayproxy.encoding.ContentCoding;
import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.encoding.SizeLimit;
import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import io.monitoringstack.pushgatewayproxy.exposition.OpenMetrics;
import io.monitoringstack.pushgatewayproxy.exposition.PushContent;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.limits.JobLimit;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Has a body decoded, translated if need be, and checked. Small bodies are checked where
 * they arrived; large and compressed ones elsewhere, so that they do not hold up other
 * connections.
 */
final class Inspector {

	/** Checking this much takes well under a millisecond. */
	private static final int SMALL = 64 * 1024;

	/** What Pushgateway's parser lets pass. */
	private static final Set<Reason> FOUND_WHEN_STORING = EnumSet.of(Reason.TIMESTAMP, Reason.DUPLICATE,
			Reason.CONFLICT);

	private final PushProperties properties;

	private final boolean complete;

	Inspector(PushProperties properties) {
		this(properties, properties.check() == PushCheck.EDGE);
	}

	/**
	 * Creates an inspector.
	 * @param properties settings
	 * @param complete whether to find out what the push changes, too
	 */
	Inspector(PushProperties properties, boolean complete) {
		this.properties = properties;
		this.complete = complete;
	}

	/**
	 * Checks a body.
	 * @param request the push
	 * @param coding how the body is encoded
	 * @param key group addressed
	 * @param body body as sent
	 * @param limit limits of the job, if it has any of its own
	 * @param lease pays for the decoded copy
	 * @param push told the number of series
	 * @return what was found; fails if the body is not in order
	 */
	Mono<Inspection> inspect(ServerHttpRequest request, ContentCoding coding, GroupingKey key, DecodedBody body,
			@Nullable JobLimit limit, MemoryBudget.Lease lease, PushAttempt push) {
		String contentType = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		ContentKind kind = ContentKind.of(contentType);
		if (kind == ContentKind.OPENMETRICS) {
			OpenMetrics.checkVersion(Objects.requireNonNull(contentType));
		}
		ContentRules rules = new ContentRules(key.labels().keySet(), this.properties.utf8Names(),
				this.properties.maxSeries(), this.complete ? ContentRules.Scope.COMPLETE : ContentRules.Scope.CONTENT);
		SizeLimit size = size(limit);
		Mono<Inspection> check = Mono.fromCallable(() -> {
			DecodedBody decoded = decode(coding, body, size, lease);
			DecodedBody readable = decoded;
			DecodedBody forwarded = body;
			Translation translation = null;
			if (kind == ContentKind.OPENMETRICS) {
				readable = new DecodedBody(new SizeLimit(OpenMetrics.cap(size.bytes()), size.remedy()), lease::take);
				forwarded = readable;
				translation = new Translation(OpenMetrics.TRANSLATED_TYPE, OpenMetrics.translate(decoded, readable));
			}
			try {
				PushContent content = ContentCheck.check(kind, readable.bytes(), readable.length(), rules);
				push.series(content.series());
				if (limit != null) {
					limit.checkSeries(content.series());
				}
				return new Inspection(forwarded, translation,
						this.complete ? GroupPush.of(key, content, isReplace(request)) : null, null);
			}
			catch (RefusedException ex) {
				if (this.complete && FOUND_WHEN_STORING.contains(ex.refusal().reason())
						&& ContentCheck.isReadable(kind, readable.bytes(), readable.length(), rules)) {
					return new Inspection(forwarded, translation, null, ex.refusal());
				}
				throw ex;
			}
		});
		boolean small = coding == ContentCoding.IDENTITY && body.length() <= SMALL;
		return small ? check : check.subscribeOn(Schedulers.parallel());
	}

	/**
	 * The limit of size that counts.
	 * @param limit limits of the job, if it has any of its own
	 * @return that of the job or that for everybody
	 */
	SizeLimit size(@Nullable JobLimit limit) {
		SizeLimit everybody = SizeLimit.forEverybody(this.properties.maxBytes().toBytes());
		return (limit != null) ? limit.size(everybody) : everybody;
	}

	private boolean isReplace(ServerHttpRequest request) {
		return request.getMethod() == HttpMethod.PUT && this.properties.mode() == PushMode.REPLACE;
	}

	private DecodedBody decode(ContentCoding coding, DecodedBody body, SizeLimit limit, MemoryBudget.Lease lease) {
		if (coding == ContentCoding.IDENTITY) {
			return body;
		}
		DecodedBody decoded = new DecodedBody(limit, lease::take);
		coding.decode(body.bytes(), body.length(), decoded);
		return decoded;
	}

}
