package io.monitoringstack.dooraysimulator.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.dooraysimulator.behaviour.Behaviours;
import io.monitoringstack.dooraysimulator.message.MessageStore;
import io.monitoringstack.dooraysimulator.settings.SimulatorProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends each client what is new to it. The store is the queue: a client only remembers
 * how far it got, so a slow one costs no memory. A few threads serve all clients, and the
 * thread that receives a message never waits for any of them.
 */
@Component
class MessageStream implements DisposableBean {

	private static final int THREADS = 4;

	private static final Pattern EVENT_ID = Pattern.compile("([0-9a-f]{1,32}):([0-9]{1,18})");

	private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();

	private final AtomicInteger open = new AtomicInteger();

	private final ScheduledThreadPoolExecutor executor;

	private final MessageStore store;

	private final StateReader state;

	private final JsonMapper mapper;

	private final int maxStreams;

	MessageStream(MessageStore store, Behaviours behaviours, StateReader state, JsonMapper mapper,
			SimulatorProperties properties, MeterRegistry registry) {
		this.store = store;
		this.state = state;
		this.mapper = mapper;
		this.maxStreams = properties.maxStreams();
		AtomicInteger threads = new AtomicInteger();
		this.executor = new ScheduledThreadPoolExecutor(THREADS, (task) -> {
			Thread thread = new Thread(task, "message-stream-" + threads.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		long heartbeatMillis = properties.heartbeat().toMillis();
		this.executor.scheduleWithFixedDelay(() -> this.clients.forEach(StreamClient::beat), heartbeatMillis,
				heartbeatMillis, TimeUnit.MILLISECONDS);
		store.onChange(this::wake);
		behaviours.onChange(this::wake);
		Gauge.builder("dooray.simulator.streams", this.open, AtomicInteger::get)
			.description("Clients of the event stream")
			.register(registry);
	}

	SseEmitter open(@Nullable String lastEventId) {
		if (this.open.incrementAndGet() > this.maxStreams) {
			this.open.decrementAndGet();
			throw new TooManyStreamsException(this.maxStreams);
		}
		StreamClient client = new StreamClient(this.store, this.state, this.mapper, this.executor,
				startAfter(lastEventId), this::remove);
		this.clients.add(client);
		client.wake();
		return client.emitter();
	}

	// A newcomer gets what is new from now on. Who says how far it got, gets the rest; if
	// that was with another process, everything is new to it.
	private long startAfter(@Nullable String lastEventId) {
		if (lastEventId == null || lastEventId.isBlank()) {
			return this.store.lastId();
		}
		Matcher matcher = EVENT_ID.matcher(lastEventId);
		return (matcher.matches() && matcher.group(1).equals(this.state.instance())) ? Long.parseLong(matcher.group(2))
				: 0;
	}

	private void wake() {
		this.clients.forEach(StreamClient::wake);
	}

	private void remove(StreamClient client) {
		if (this.clients.remove(client)) {
			this.open.decrementAndGet();
		}
	}

	/**
	 * Lets the web server stop at once: a stream would never end by itself.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.clients.forEach(StreamClient::close);
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

}
