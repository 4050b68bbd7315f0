package io.monitoringstack.pushgatewayproxy.edge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.monitoringstack.pushgatewayproxy.exposition.ContentCheck;
import io.monitoringstack.pushgatewayproxy.exposition.ContentKind;
import io.monitoringstack.pushgatewayproxy.exposition.ContentRules;
import io.monitoringstack.pushgatewayproxy.exposition.PushContent;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import reactor.core.publisher.Mono;

/**
 * Does with pushes what Pushgateway does, as far as families and series go. The path of a
 * request is the job of its group. Answers fail as the test wants.
 */
final class ModelStore implements PushStore {

	static final ContentRules RULES = new ContentRules(Set.of("job"), false, 1000, ContentRules.Scope.COMPLETE);

	private final Map<GroupingKey, Map<String, HeldFamily>> groups = new LinkedHashMap<>();

	private final Map<GroupingKey, Double> pushTimes = new HashMap<>();

	private final Map<GroupingKey, Map<String, HeldFamily>> file = new HashMap<>();

	private Map<GroupingKey, Double> fileTimes = Map.of();

	/** Milliseconds since 1970, also for the proxy. */
	long now = 1_800_000_000_000L;

	final List<String> sent = new ArrayList<>();

	private String startTime = "1";

	/** What becomes of the next request. */
	Supplier<Fate> fate = () -> Fate.STORED;

	@Override
	public synchronized Mono<StoreAnswer> send(StoreRequest request, String expected) {
		return Mono.defer(() -> sendNow(request, expected));
	}

	private synchronized Mono<StoreAnswer> sendNow(StoreRequest request, String expected) {
		if (!expected.equals(this.startTime)) {
			return Mono.error(new StoreFailure(StoreFailure.Kind.RESTARTED, null, null));
		}
		this.sent.add(request.method());
		Fate now = this.fate.get();
		if (now == Fate.STORED || now == Fate.STORED_BUT_LOST) {
			store(request);
		}
		return switch (now) {
			case STORED -> Mono.just(new StoreAnswer(202, "", ""));
			case ERROR -> Mono.just(new StoreAnswer(500, "", "it is broken"));
			case NOT_SENT -> Mono.error(new StoreFailure(StoreFailure.Kind.NOT_SENT, null, null));
			case NOT_SENT_RESTARTED -> Mono.error(new StoreFailure(StoreFailure.Kind.RESTARTED, null, null));
			default -> Mono.error(new StoreFailure(StoreFailure.Kind.UNKNOWN, null, null));
		};
	}

	private void store(StoreRequest request) {
		GroupingKey key = new GroupingKey(Map.of("job", request.path()));
		if ("DELETE".equals(request.method())) {
			this.groups.remove(key);
			this.pushTimes.remove(key);
			return;
		}
		this.pushTimes.put(key, this.now / 1000d);
		Map<String, HeldFamily> group = this.groups.computeIfAbsent(key, (unused) -> new HashMap<>());
		if ("PUT".equals(request.method())) {
			group.keySet().removeIf((name) -> !name.startsWith("push_"));
		}
		String type = request.headers()
			.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase("Content-Type"))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
		byte[] body = Arrays.copyOf(request.body(), request.length() + request.tail().length);
		System.arraycopy(request.tail(), 0, body, request.length(), request.tail().length);
		PushContent content = ContentCheck.check(ContentKind.of(type), body, body.length, RULES);
		GroupPush.of(key, content, false).families().forEach((family) -> group.put(family.name(), family));
	}

	/**
	 * Writes what a crash leaves.
	 */
	synchronized void persist() {
		this.file.clear();
		this.groups.forEach((key, families) -> this.file.put(key, new HashMap<>(families)));
		this.fileTimes = Map.copyOf(this.pushTimes);
	}

	/**
	 * Starts anew with what was written last.
	 */
	synchronized void crash() {
		this.groups.clear();
		this.file.forEach((key, families) -> this.groups.put(key, new HashMap<>(families)));
		this.pushTimes.clear();
		this.pushTimes.putAll(this.fileTimes);
		this.startTime += "1";
	}

	/**
	 * What a scrape shows of a group.
	 * @param job the group
	 * @return series by family
	 */
	synchronized Map<String, List<Long>> scraped(String job) {
		Map<String, List<Long>> shown = new HashMap<>();
		this.groups.getOrDefault(new GroupingKey(Map.of("job", job)), Map.of()).forEach((name, family) -> {
			if (family.series().length > 0) {
				shown.put(name, Arrays.stream(family.series()).boxed().toList());
			}
		});
		return shown;
	}

	/**
	 * Names of all families of a group, those without series as well.
	 * @param job the group
	 * @return the names
	 */
	synchronized List<String> names(String job) {
		return List.copyOf(this.groups.getOrDefault(new GroupingKey(Map.of("job", job)), Map.of()).keySet());
	}

	@Override
	public Mono<StoreAnswer> sendFailure(GroupingKey key, String expected) {
		return Mono.just(new StoreAnswer(202, "", ""));
	}

	@Override
	public Mono<StoreAnswer> sendDelete(GroupingKey key, String expected) {
		return send(new StoreRequest("DELETE", key.job(), List.of(), new byte[0], 0), expected);
	}

	@Override
	public Mono<StoreStatus> status() {
		return Mono.fromSupplier(this::statusNow);
	}

	private synchronized StoreStatus statusNow() {
		return new StoreStatus(this.startTime, false);
	}

	@Override
	public Mono<Void> drain() {
		return Mono.empty();
	}

	@Override
	public Mono<Void> readGroups(BiConsumer<GroupingKey, List<HeldFamily>> group) {
		return Mono.fromRunnable(() -> read(group));
	}

	private synchronized void read(BiConsumer<GroupingKey, List<HeldFamily>> group) {
		this.groups.forEach((key, families) -> group.accept(key, List.copyOf(families.values())));
	}

	@Override
	public Mono<Map<GroupingKey, Double>> readPushTimes() {
		return Mono.fromSupplier(this::pushTimesNow);
	}

	private synchronized Map<GroupingKey, Double> pushTimesNow() {
		return Map.copyOf(this.pushTimes);
	}

	@Override
	public Mono<ScrapeState> scrape(boolean whole) {
		return Mono.just(new ScrapeState(true, Map.of(), ""));
	}

	/**
	 * What becomes of a request.
	 */
	enum Fate {

		STORED, STORED_BUT_LOST, LOST, ERROR, NOT_SENT, NOT_SENT_RESTARTED

	}

}
