package io.monitoringstack.pushgatewayproxy.edge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Stands in for Pushgateway: each request waits for the answer that the test gives.
 */
class FakeStore implements PushStore {

	final List<String> sent = Collections.synchronizedList(new ArrayList<>());

	final Deque<Sinks.One<StoreAnswer>> open = new ArrayDeque<>();

	final Map<GroupingKey, List<HeldFamily>> groups = new LinkedHashMap<>();

	final AtomicInteger drains = new AtomicInteger();

	final AtomicInteger reads = new AtomicInteger();

	volatile String startTime = "first";

	volatile boolean healthy = true;

	Mono<Void> drain = Mono.empty();

	@Override
	public synchronized Mono<StoreAnswer> send(StoreRequest request, String expected) {
		if (!expected.equals(this.startTime)) {
			return Mono.error(new StoreFailure(StoreFailure.Kind.RESTARTED, null, null));
		}
		this.sent.add(request.method() + " " + request.path());
		Sinks.One<StoreAnswer> answer = Sinks.one();
		this.open.add(answer);
		return answer.asMono();
	}

	@Override
	public Mono<StoreAnswer> sendFailure(GroupingKey key, String expected) {
		if (!expected.equals(this.startTime)) {
			return Mono.error(new StoreFailure(StoreFailure.Kind.RESTARTED, null, null));
		}
		this.sent.add("FAILURE " + key.job());
		return Mono.just(new StoreAnswer(202, "", ""));
	}

	@Override
	public Mono<StoreAnswer> sendDelete(GroupingKey key, String expected) {
		return send(new StoreRequest("DELETE", key.job(), List.of(), new byte[0], 0), expected);
	}

	@Override
	public Mono<StoreStatus> status() {
		return Mono.fromSupplier(() -> new StoreStatus(this.startTime, false));
	}

	@Override
	public Mono<Void> drain() {
		return Mono.defer(() -> {
			this.drains.incrementAndGet();
			return this.drain;
		});
	}

	@Override
	public Mono<Void> readGroups(BiConsumer<GroupingKey, List<HeldFamily>> group) {
		return Mono.fromRunnable(() -> {
			this.reads.incrementAndGet();
			this.groups.forEach(group);
		});
	}

	@Override
	public Mono<Map<GroupingKey, Double>> readPushTimes() {
		return Mono.just(Map.of());
	}

	@Override
	public Mono<ScrapeState> scrape(boolean whole) {
		return Mono.fromSupplier(
				() -> new ScrapeState(this.healthy, Map.of("go_info", 1), this.healthy ? "" : "it is broken"));
	}

	synchronized void answer(int status) {
		this.open.remove().tryEmitValue(new StoreAnswer(status, "", ""));
	}

	synchronized void fail(StoreFailure.Kind kind) {
		this.open.remove().tryEmitError(new StoreFailure(kind, null, null));
	}

}
