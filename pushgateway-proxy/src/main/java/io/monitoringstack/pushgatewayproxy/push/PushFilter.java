package io.monitoringstack.pushgatewayproxy.push;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;

import io.monitoringstack.pushgatewayproxy.encoding.ContentCoding;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.grouping.PathRules;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.groups.Activity;
import io.monitoringstack.pushgatewayproxy.groups.TtlHeader;
import io.monitoringstack.pushgatewayproxy.limits.JobLimit;
import io.monitoringstack.pushgatewayproxy.limits.LimitRules;
import io.monitoringstack.pushgatewayproxy.limits.PushRates;
import io.monitoringstack.pushgatewayproxy.pushers.SeenPush;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.monitoringstack.pushgatewayproxy.settings.WatchedSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * The way of a push or delete: path, token, rate, body within limits, content, then on to
 * Pushgateway under the right verb. Whatever stops it on the way is thrown as a
 * {@link RefusedException}.
 */
public final class PushFilter implements GatewayFilter {

	private final PushProperties properties;

	private final PushAccess access;

	private final WatchedSettings<LimitRules> limits;

	private final PushRates rates = new PushRates(System::nanoTime);

	private final MemoryBudget budget;

	private final Inspector inspector;

	private final PushRoute route;

	private final PushObserver observer;

	private final Activity activity;

	PushFilter(PushProperties properties, PushAccess access, WatchedSettings<LimitRules> limits, MemoryBudget budget,
			PushRoute route, PushObserver observer, Activity activity) {
		this.properties = properties;
		this.access = access;
		this.limits = limits;
		this.budget = budget;
		this.inspector = new Inspector(properties);
		this.route = route;
		this.observer = observer;
		this.activity = activity;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		PushAttempt push = new PushAttempt(exchange.getRequest().getMethod().name(), client(exchange.getRequest()));
		return Mono.defer(() -> handle(exchange, chain, push))
			.doOnSuccess((none) -> this.observer.answered(push, status(exchange)))
			.doOnError((ex) -> this.observer.failed(push, ex))
			.doOnCancel(() -> this.observer.cancelled(push));
	}

	private Mono<Void> handle(ServerWebExchange exchange, GatewayFilterChain chain, PushAttempt push) {
		ServerHttpRequest request = exchange.getRequest();
		PushPath asked = PushPath.parse(request.getURI().getRawPath(),
				new PathRules(this.properties.utf8Names(), push.isDelete()));
		return this.access.identify(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION)).flatMap((identity) -> {
			push.identity(identity.name());
			PushSource.note(exchange, identity.name());
			push.seen(seen(push, asked, request));
			PushPath path = identity.admit(asked);
			push.seen(seen(push, path, request));
			return admitted(exchange, chain, path, push);
		});
	}

	private Mono<Void> admitted(ServerWebExchange exchange, GatewayFilterChain chain, PushPath path, PushAttempt push) {
		ServerHttpRequest request = exchange.getRequest();
		boolean delete = push.isDelete();
		Duration ttl = TtlHeader.read(request.getHeaders().getFirst(TtlHeader.NAME));
		ContentCoding coding = delete ? ContentCoding.IDENTITY
				: ContentCoding.of(request.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING));
		JobLimit limit = delete ? null : this.limits.current().find(path.key().job());
		if (limit != null) {
			this.rates.take(path.key().job(), limit);
		}
		MemoryBudget.Lease lease = this.budget.open();
		this.activity.begins(path.key());
		return BodyReader.read(request, this.inspector.size(limit), lease)
			.doOnNext((body) -> push.bytes(body.length()))
			.flatMap((body) -> delete ? this.route.delete(exchange, chain, path, body)
					: this.inspector.inspect(request, coding, path.key(), body, limit, lease, push)
						.doOnNext((inspection) -> warn(exchange, inspection.translation()))
						.flatMap((inspection) -> this.route.push(exchange, chain, path, inspection)))
			.doOnSuccess((none) -> {
				if (status(exchange) < 300) {
					this.activity.asked(path.key(), delete ? null : ttl);
				}
			})
			.doFinally((signal) -> {
				this.activity.ended(path.key());
				lease.close();
			});
	}

	private static void warn(ServerWebExchange exchange, @Nullable Translation translation) {
		String warning = (translation != null) ? translation.warning() : null;
		if (warning != null) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
				if (status(exchange) < 300) {
					exchange.getResponse().getHeaders().set(Translation.WARNING, warning);
				}
			}));
		}
	}

	private static SeenPush seen(PushAttempt push, PushPath path, ServerHttpRequest request) {
		return new SeenPush(path.key(), push.client(), push.identity(),
				request.getHeaders().getFirst(HttpHeaders.USER_AGENT), push.verb(), format(request));
	}

	private static String format(ServerHttpRequest request) {
		String format = ContentKind.of(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
			.name()
			.toLowerCase(Locale.ROOT);
		boolean plain = request.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING) == null;
		return plain ? format : format + ", compressed";
	}

	static int status(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null) ? status.value() : 200;
	}

	private static String client(ServerHttpRequest request) {
		InetSocketAddress address = request.getRemoteAddress();
		return (address != null && address.getAddress() != null) ? address.getAddress().getHostAddress() : "-";
	}

}
