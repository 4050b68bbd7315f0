package io.monitoringstack.pushgatewayproxy.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import io.micrometer.core.instrument.Timer;
import io.monitoringstack.pushgatewayproxy.edge.PushStore;
import io.monitoringstack.pushgatewayproxy.edge.ScrapeState;
import io.monitoringstack.pushgatewayproxy.edge.StoreAnswer;
import io.monitoringstack.pushgatewayproxy.edge.StoreFailure;
import io.monitoringstack.pushgatewayproxy.edge.StoreRequest;
import io.monitoringstack.pushgatewayproxy.edge.StoreStatus;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import io.monitoringstack.pushgatewayproxy.refusal.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pushgateway over HTTP, as the edge check needs it.
 * <p>
 * A connection leads to one run of Pushgateway for as long as it lives. So before the
 * first push over a new connection Pushgateway's start time is asked for over another: is
 * it the expected one, the pushes over this connection reach the run that is known, or
 * nobody.
 */
final class PushgatewayStore implements PushStore {

	private static final Duration PAUSE = Duration.ofMillis(250);

	private static final int LONGEST_REASON = 500;

	private static final AttributeKey<String> LEADS_TO = AttributeKey.valueOf("pushgateway-start-time");

	/** Pushgateway stores no push that has a timestamp, checked or not. */
	private static final byte[] REFUSED_BODY = "pushgateway_proxy_refused 1 1\n".getBytes(StandardCharsets.US_ASCII);

	/** By verb; made once, because each setting of a client is a copy of it. */
	private final Map<String, HttpClient.RequestSender> pushes;

	private final String prefix;

	private final HttpClient control;

	private final QueueDrain queue;

	private final UpstreamProperties properties;

	private final ForwardedHeaders headers;

	private final Timer answered;

	private final Timer failed;

	private final JsonMapper json = new JsonMapper();

	PushgatewayStore(HttpClient pushes, HttpClient control, QueueDrain queue, UpstreamProperties properties,
			ForwardedHeaders headers, Timer answered, Timer failed) {
		HttpClient fixed = pushes.remoteAddress(properties::socketAddress);
		HttpClient client = properties.isSecure() ? fixed.secure() : fixed;
		this.pushes = Map.of("PUT", client.put(), "POST", client.post(), "DELETE", client.delete());
		this.prefix = properties.prefix();
		this.control = control;
		this.queue = queue;
		this.properties = properties;
		this.headers = headers;
		this.answered = answered;
		this.failed = failed;
	}

	@Override
	public Mono<StoreAnswer> send(StoreRequest request, String startTime) {
		return Mono.defer(() -> {
			AtomicBoolean sent = new AtomicBoolean();
			long start = System.nanoTime();
			return attempt(request, startTime, sent)
				.onErrorResume((ex) -> !sent.get() && UpstreamFailures.isConnectFailure(ex),
						(ex) -> Mono.delay(PAUSE).then(attempt(request, startTime, sent)))
				.doOnNext((answer) -> this.answered.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
				.doOnError((ex) -> this.failed.record(System.nanoTime() - start, TimeUnit.NANOSECONDS))
				.onErrorMap((ex) -> !(ex instanceof StoreFailure), (ex) -> failure(ex, sent.get()));
		});
	}

	@Override
	public Mono<StoreAnswer> sendFailure(GroupingKey key, String startTime) {
		List<Map.Entry<String, String>> type = List.of(Map.entry("Content-Type", "text/plain"),
				Map.entry("Content-Length", "" + REFUSED_BODY.length));
		return send(new StoreRequest("POST", PushgatewayGroups.path(key), type, REFUSED_BODY, REFUSED_BODY.length),
				startTime);
	}

	@Override
	public Mono<StoreAnswer> sendDelete(GroupingKey key, String startTime) {
		return send(new StoreRequest("DELETE", PushgatewayGroups.path(key), List.of(), new byte[0], 0), startTime);
	}

	@Override
	public Mono<StoreStatus> status() {
		return get("/api/v1/status").map((text) -> {
			JsonNode data = this.json.readTree(text).path("data");
			String startTime = data.path("start_time").asString("");
			if (startTime.isEmpty()) {
				throw new IllegalStateException("Pushgateway's status has no start_time");
			}
			String unchecked = data.path("flags").path("push.disable-consistency-check").asString("");
			return new StoreStatus(startTime, !"true".equals(unchecked));
		}).onErrorMap((ex) -> failure(ex, false));
	}

	@Override
	public Mono<Void> drain() {
		return this.queue.drain().onErrorMap(UpstreamFailures::asRefusal);
	}

	@Override
	public Mono<Void> readGroups(BiConsumer<GroupingKey, List<HeldFamily>> group) {
		return Mono.defer(() -> read(new GroupsReader(group))).onErrorMap((ex) -> failure(ex, false));
	}

	@Override
	public Mono<Map<GroupingKey, Double>> readPushTimes() {
		return Mono.defer(() -> {
			Map<GroupingKey, Double> pushTimes = new HashMap<>();
			GroupsReader[] reader = new GroupsReader[1];
			reader[0] = new GroupsReader((key, families) -> pushTimes.put(key, reader[0].pushTime()));
			return read(reader[0]).thenReturn(pushTimes);
		});
	}

	private Mono<Void> read(GroupsReader reader) {
		return this.control.get().uri(this.properties.address("/api/v1/metrics")).response((response, body) -> {
			if (response.status().code() != 200) {
				return Mono.error(new IllegalStateException("/api/v1/metrics answered " + response.status().code()));
			}
			return body.doOnNext(reader::read).then(Mono.fromRunnable(reader::end));
		}).then();
	}

	@Override
	public Mono<ScrapeState> scrape(boolean whole) {
		return Mono.defer(() -> {
			OwnFamiliesScan scan = new OwnFamiliesScan();
			return this.control.get().uri(this.properties.address("/metrics")).response((response, body) -> {
				if (response.status().code() != 200) {
					return body.asString()
						.reduce("", (text, more) -> (text.length() > LONGEST_REASON) ? text : text + more)
						.map((text) -> new ScrapeState(false, Map.of(),
								text.substring(0, Math.min(text.length(), LONGEST_REASON))))
						.flux();
				}
				Mono<Void> read = whole ? body.doOnNext(scan::read).then() : Mono.empty();
				return read.then(Mono.fromSupplier(() -> new ScrapeState(true, scan.own(), ""))).flux();
			}).single();
		}).onErrorMap((ex) -> failure(ex, false));
	}

	private Mono<String> get(String path) {
		return this.control.get()
			.uri(this.properties.address(path))
			.responseSingle((response, body) -> (response.status().code() == 200) ? body.asString()
					: Mono.error(new IllegalStateException(path + " answered " + response.status().code())));
	}

	private Mono<StoreAnswer> attempt(StoreRequest request, String startTime, AtomicBoolean sent) {
		return Objects.requireNonNull(this.pushes.get(request.method()))
			.uri(this.prefix + request.path())
			.send((head, out) -> {
				this.headers.copy(request.headers(), head.requestHeaders());
				Mono<Void> body = Mono.defer(() -> {
					sent.set(true);
					return (request.length() + request.tail().length > 0) ? out.sendObject(body(request)).then()
							: out.then();
				});
				Channel channel = channel(out);
				return startTime.equals(channel.attr(LEADS_TO).get()) ? body : verify(channel, startTime).then(body);
			})
			.responseSingle((response, body) -> body.asString()
				.defaultIfEmpty("")
				.map((text) -> new StoreAnswer(response.status().code(),
						response.responseHeaders().get("Content-Type", ""), text)));
	}

	private static ByteBuf body(StoreRequest request) {
		return Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(request.body(), 0, request.length()),
				Unpooled.wrappedBuffer(request.tail()));
	}

	private static Channel channel(NettyOutbound out) {
		AtomicReference<Channel> connected = new AtomicReference<>();
		out.withConnection((connection) -> connected.set(connection.channel()));
		return Objects.requireNonNull(connected.get());
	}

	private Mono<Void> verify(Channel channel, String startTime) {
		return status().flatMap((status) -> {
			if (!startTime.equals(status.startTime())) {
				return Mono.error(new StoreFailure(StoreFailure.Kind.RESTARTED, null, null));
			}
			channel.attr(LEADS_TO).set(startTime);
			return Mono.empty();
		});
	}

	private static StoreFailure failure(Throwable ex, boolean sent) {
		Throwable cause = UpstreamFailures.asRefusal(ex);
		StoreFailure.Kind kind = sent ? StoreFailure.Kind.UNKNOWN : StoreFailure.Kind.NOT_SENT;
		return new StoreFailure(kind, (cause instanceof RefusedException refused) ? refused.refusal() : null, ex);
	}

}
