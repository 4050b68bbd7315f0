package io.monitoringstack.pushgatewayproxy.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.groups.GroupRemover;
import io.monitoringstack.pushgatewayproxy.groups.GroupSource;
import io.monitoringstack.pushgatewayproxy.groups.Selector;
import io.monitoringstack.pushgatewayproxy.groups.Snapshot;
import io.monitoringstack.pushgatewayproxy.groups.StoredGroup;
import io.monitoringstack.pushgatewayproxy.identity.Identity;
import io.monitoringstack.pushgatewayproxy.index.MetricIndex;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Tells which groups a selector fits, and deletes them if it is told to in so many words:
 * a parameter that is forgotten deletes nothing.
 */
final class GroupsHandler {

	private static final Logger logger = LoggerFactory.getLogger(GroupsHandler.class);

	/** More are deleted, but not listed. */
	private static final int LISTED = 1000;

	private static final int AT_A_TIME = 8;

	private final PushAccess access;

	private final GroupSource source;

	private final GroupRemover remover;

	private final JsonMapper json = new JsonMapper();

	GroupsHandler(PushAccess access, GroupSource source, GroupRemover remover) {
		this.access = access;
		this.source = source;
		this.remover = remover;
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		return this.access.identify(request.headers().firstHeader(HttpHeaders.AUTHORIZATION))
			.flatMap((identity) -> delete(request, identity))
			.flatMap(this::answer);
	}

	private Mono<Outcome> delete(ServerRequest request, Identity identity) {
		List<Selector> selectors = request.queryParams()
			.getOrDefault("match[]", List.of())
			.stream()
			.map(Selector::parse)
			.toList();
		if (selectors.isEmpty()) {
			throw new Refusal(400, Reason.SELECTOR,
					"Say which groups to delete: DELETE /metrics?match[]={job=\"nightly\"}, encoded for a URL. They are only listed; with &dry_run=false they are deleted.")
				.asException();
		}
		boolean dryRun = isDryRun(request);
		return this.source.read().map((snapshot) -> selected(snapshot, selectors)).flatMap((selected) -> {
			List<GroupingKey> groups = selected.stream().filter(identity::owns).toList();
			int notAllowed = selected.size() - groups.size();
			if (groups.isEmpty() && notAllowed > 0) {
				throw identity
					.forbidden("none of the " + notAllowed + " groups that were selected is one it may delete");
			}
			return dryRun ? Mono.just(new Outcome(true, groups.size(), 0, 0, notAllowed, labels(groups)))
					: remove(groups, notAllowed, identity);
		});
	}

	private static boolean isDryRun(ServerRequest request) {
		String value = request.queryParam("dry_run").orElse("true");
		if (!"true".equals(value) && !"false".equals(value)) {
			throw new Refusal(400, Reason.SELECTOR,
					"dry_run is either true, which is the default, or false, which deletes.")
				.asException();
		}
		return "true".equals(value);
	}

	private static List<GroupingKey> selected(Snapshot snapshot, List<Selector> selectors) {
		List<GroupingKey> groups = new ArrayList<>();
		for (StoredGroup group : snapshot.groups()) {
			if (selectors.stream().anyMatch((selector) -> selector.matches(group.key()))) {
				groups.add(group.key());
			}
		}
		return groups;
	}

	private Mono<Outcome> remove(List<GroupingKey> groups, int notAllowed, Identity identity) {
		AtomicInteger deleted = new AtomicInteger();
		return Flux.fromIterable(groups)
			.flatMap((group) -> this.remover.remove(group)
				.doOnSuccess((none) -> deleted.incrementAndGet())
				.onErrorResume((ex) -> {
					logger.warn("a group could not be deleted: {}: {}", MetricIndex.describe(group), ex.toString());
					return Mono.empty();
				}), AT_A_TIME)
			.then(Mono.fromSupplier(() -> {
				logger.info("groups deleted by selector: matched={} deleted={} identity={}", groups.size(),
						deleted.get(), (identity.name() != null) ? identity.name() : "-");
				return new Outcome(false, groups.size(), deleted.get(), groups.size() - deleted.get(), notAllowed,
						labels(groups));
			}));
	}

	private static List<Map<String, String>> labels(List<GroupingKey> groups) {
		return groups.stream().limit(LISTED).map(GroupingKey::labels).toList();
	}

	private Mono<ServerResponse> answer(Outcome outcome) {
		return ServerResponse.status((outcome.failed() > 0) ? 503 : 200)
			.contentType(MediaType.APPLICATION_JSON)
			.header("Cache-Control", "no-store")
			.header("X-Content-Type-Options", "nosniff")
			.bodyValue(this.json.writeValueAsBytes(outcome));
	}

	/**
	 * What became of it.
	 *
	 * @param dryRun whether groups were only listed
	 * @param matched groups that a selector fits
	 * @param deleted groups whose delete Pushgateway has accepted
	 * @param failed groups that could not be deleted
	 * @param notAllowed groups that a selector fits, but the token does not allow
	 * @param groups labels of the first of them
	 */
	record Outcome(boolean dryRun, int matched, int deleted, int failed, int notAllowed,
			List<Map<String, String>> groups) {

	}

}
