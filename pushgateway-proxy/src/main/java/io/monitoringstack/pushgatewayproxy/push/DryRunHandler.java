package io.monitoringstack.pushgatewayproxy.push;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.monitoringstack.pushgatewayproxy.edge.OwnedPush;
import io.monitoringstack.pushgatewayproxy.edge.PushPreview;
import io.monitoringstack.pushgatewayproxy.encoding.ContentCoding;
import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.grouping.PathRules;
import io.monitoringstack.pushgatewayproxy.grouping.PushPath;
import io.monitoringstack.pushgatewayproxy.groups.TtlHeader;
import io.monitoringstack.pushgatewayproxy.index.Decision;
import io.monitoringstack.pushgatewayproxy.index.Preview;
import io.monitoringstack.pushgatewayproxy.limits.JobLimit;
import io.monitoringstack.pushgatewayproxy.limits.LimitRules;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.monitoringstack.pushgatewayproxy.settings.WatchedSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Takes a push the whole way but for the last step, and tells what would have come of it.
 * It is counted nowhere and leaves nothing behind.
 */
final class DryRunHandler {

	private final PushProperties properties;

	private final PushAccess access;

	private final WatchedSettings<LimitRules> limits;

	private final MemoryBudget budget;

	private final PushPreview preview;

	private final Inspector complete;

	private final Inspector asPushed;

	private final JsonMapper json = new JsonMapper();

	DryRunHandler(PushProperties properties, PushAccess access, WatchedSettings<LimitRules> limits, MemoryBudget budget,
			PushPreview preview) {
		this.properties = properties;
		this.access = access;
		this.limits = limits;
		this.budget = budget;
		this.preview = preview;
		this.complete = new Inspector(properties, true);
		this.asPushed = new Inspector(properties);
	}

	Mono<ServerResponse> check(ServerRequest request) {
		ServerHttpRequest http = request.exchange().getRequest();
		return Mono.defer(() -> {
			PushPath asked = PushPath.parseChecked(http.getURI().getRawPath(),
					new PathRules(this.properties.utf8Names(), false));
			return this.access.identify(http.getHeaders().getFirst(HttpHeaders.AUTHORIZATION)).flatMap((identity) -> {
				PushSource.note(request.exchange(), identity.name());
				return verdict(request.exchange(), identity.admit(asked));
			});
		})
			.onErrorResume(RefusedException.class,
					(ex) -> isVerdict(ex.refusal()) ? Mono.just(Verdict.refused(ex.refusal(), 0, List.of()))
							: Mono.error(noVerdict(ex.refusal()).asException()))
			.flatMap((verdict) -> answer(request, verdict));
	}

	private Mono<Verdict> verdict(ServerWebExchange exchange, PushPath path) {
		ServerHttpRequest request = exchange.getRequest();
		TtlHeader.read(request.getHeaders().getFirst(TtlHeader.NAME));
		ContentCoding coding = ContentCoding.of(request.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING));
		JobLimit limit = this.limits.current().find(path.key().job());
		MemoryBudget.Lease lease = this.budget.open();
		return BodyReader.read(request, this.complete.size(limit), lease).flatMap((body) -> {
			PushAttempt push = new PushAttempt(request.getMethod().name(), "-");
			return this.complete.inspect(request, coding, path.key(), body, limit, lease, push)
				.flatMap((inspection) -> judge(exchange, inspection, push))
				.onErrorResume(RefusedException.class,
						(ex) -> leaveToPushgateway(request, coding, path, body, limit, lease, push, ex));
		}).doFinally((signal) -> lease.close());
	}

	private Mono<Verdict> judge(ServerWebExchange exchange, Inspection inspection, PushAttempt push) {
		Refusal refusal = inspection.refusal();
		if (refusal != null) {
			return Mono.error(refusal.asException());
		}
		if (inspection.push() == null) {
			return Mono.error(new IllegalStateException("the body was not looked into"));
		}
		return this.preview.preview(inspection.push(), owned(exchange)).map((preview) -> {
			List<String> warnings = warnings(exchange.getRequest(), inspection.translation());
			return (preview.obstacle() instanceof Decision.Refused refused)
					? Verdict.refused(refused.refusal(), push.series(), warnings)
					: Verdict.accepted(preview, push.series(), warnings);
		});
	}

	private @Nullable OwnedPush owned(ServerWebExchange exchange) {
		return (this.properties.mode() == PushMode.OWNED)
				? new OwnedPush(PushSource.of(exchange), exchange.getRequest().getMethod() == HttpMethod.PUT, false)
				: null;
	}

	// Where Pushgateway checks pushes, some contradictions are left to it.
	private Mono<Verdict> leaveToPushgateway(ServerHttpRequest request, ContentCoding coding, PushPath path,
			DecodedBody body, @Nullable JobLimit limit, MemoryBudget.Lease lease, PushAttempt push,
			RefusedException found) {
		if (this.properties.check() == PushCheck.EDGE || !isVerdict(found.refusal())) {
			return Mono.error(found);
		}
		return this.asPushed.inspect(request, coding, path.key(), body, limit, lease, push).map((inspection) -> {
			List<String> warnings = new ArrayList<>(warnings(request, inspection.translation()));
			warnings.add("only Pushgateway can tell what becomes of this: " + found.refusal().text());
			return Verdict.accepted(Preview.unknown(), push.series(), warnings);
		});
	}

	private List<String> warnings(ServerHttpRequest request, @Nullable Translation translation) {
		List<String> warnings = new ArrayList<>();
		String dropped = (translation != null) ? translation.warning() : null;
		if (dropped != null) {
			warnings.add(dropped.replace("were dropped", "would be dropped"));
		}
		if (request.getMethod() == HttpMethod.PUT && this.properties.mode() == PushMode.MERGE) {
			warnings.add("PUT works as POST here (PUSH_MODE=merge): nothing would be removed");
		}
		return warnings;
	}

	// Whether the push itself is the reason, and not the moment or the caller.
	private static boolean isVerdict(Refusal refusal) {
		return switch (refusal.status()) {
			case 401, 408, 429 -> false;
			case 507 -> true;
			default -> refusal.status() < 500;
		};
	}

	private static Refusal noVerdict(Refusal refusal) {
		return new Refusal(refusal.status(), refusal.reason(),
				refusal.text() + "\nThis was a dry run: there is no verdict, and nothing was stored.",
				refusal.headers());
	}

	private Mono<ServerResponse> answer(ServerRequest request, Verdict verdict) {
		String accept = request.headers().firstHeader(HttpHeaders.ACCEPT);
		boolean text = accept != null && accept.strip().toLowerCase(Locale.ROOT).startsWith("text/");
		return ServerResponse.status(verdict.status())
			.contentType(
					text ? new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8) : MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.header("X-Content-Type-Options", "nosniff")
			.bodyValue(text ? verdict.asText().getBytes(StandardCharsets.UTF_8) : this.json.writeValueAsBytes(verdict));
	}

}
