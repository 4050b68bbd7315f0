package io.monitoringstack.pushgatewayproxy.edge;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import io.monitoringstack.pushgatewayproxy.index.MetricIndex;
import io.monitoringstack.pushgatewayproxy.index.Preview;
import io.monitoringstack.pushgatewayproxy.refusal.Reason;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Previews for a Pushgateway that checks pushes itself: reads everything it holds anew
 * each time, and keeps of it what could have to do with the push.
 */
public final class FreshPreview implements PushPreview {

	/** Each makes Pushgateway write out everything twice. */
	private static final int AT_A_TIME = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(9);

	private static final List<String> PARTS = List.of("_count", "_sum", "_bucket");

	private final PushStore store;

	private final Semaphore places = new Semaphore(AT_A_TIME);

	public FreshPreview(PushStore store) {
		this.store = store;
	}

	@Override
	public Mono<Preview> preview(GroupPush push, @Nullable OwnedPush owned) {
		return Mono.defer(() -> {
			if (!this.places.tryAcquire()) {
				return Mono.error(busy().asException());
			}
			return this.store.scrape(true)
				.flatMap((scrape) -> compare(push, scrape))
				.timeout(PATIENCE)
				.doFinally((signal) -> this.places.release());
		})
			.onErrorMap(StoreFailure.class,
					(ex) -> (ex.forCaller() instanceof RefusedException refused) ? refused : unreadable().asException())
			.onErrorMap(TimeoutException.class, (ex) -> tooSlow().asException());
	}

	private Mono<Preview> compare(GroupPush push, ScrapeState scrape) {
		if (!scrape.healthy()) {
			return Mono.error(broken().asException());
		}
		MetricIndex index = new MetricIndex(scrape.ownFamilies(), Integer.MAX_VALUE);
		Set<String> names = new HashSet<>();
		push.families().forEach((family) -> names.add(whole(family.name())));
		return this.store.readGroups((key, families) -> load(index, push.key(), names, key, families))
			.then(Mono.fromSupplier(() -> index.preview(push, List.of())));
	}

	private static void load(MetricIndex index, GroupingKey own, Set<String> names, GroupingKey key,
			List<HeldFamily> families) {
		List<HeldFamily> kept = key.equals(own) ? families
				: families.stream()
					.filter((family) -> names.contains(whole(family.name())) || MetricIndex.isStamp(family.name()))
					.toList();
		index.load(key, kept);
	}

	// Families get into each other's way only if this is the same for both.
	private static String whole(String name) {
		int end = name.length();
		for (int i = 0; i < PARTS.size(); i++) {
			String part = PARTS.get(i);
			if (name.startsWith(part, end - part.length())) {
				end -= part.length();
				i = -1;
			}
		}
		return name.substring(0, end);
	}

	private static Refusal busy() {
		return Refusal.retryLater(429, Reason.BUSY, "Other dry runs are under way. Try again in a few seconds.");
	}

	private static Refusal tooSlow() {
		return Refusal.retryLater(504, Reason.UPSTREAM_SLOW,
				"Pushgateway took too long to tell what it holds. Try again in a few seconds.");
	}

	private static Refusal unreadable() {
		return Refusal.retryLater(503, Reason.UPSTREAM_ERROR,
				"Pushgateway did not tell what it holds. Try again in a few seconds.");
	}

	private static Refusal broken() {
		return Refusal.retryLater(503, Reason.UPSTREAM_ERROR,
				"Pushgateway's scrape fails, so that it refuses every push. Its page at /metrics says why.");
	}

}
