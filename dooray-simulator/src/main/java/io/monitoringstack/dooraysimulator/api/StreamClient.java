package io.monitoringstack.dooraysimulator.api;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.monitoringstack.dooraysimulator.message.Message;
import io.monitoringstack.dooraysimulator.message.MessageStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One reader of the event stream. At most one thread at a time works for it.
 */
final class StreamClient {

	private static final Logger logger = LoggerFactory.getLogger(StreamClient.class);

	private static final long NO_TIMEOUT = 0L;

	private static final long RECONNECT_MILLIS = 2_000;

	private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);

	private final AtomicInteger wakings = new AtomicInteger();

	private final MessageStore store;

	private final StateReader stateReader;

	private final JsonMapper mapper;

	private final Executor executor;

	private final Consumer<StreamClient> onEnd;

	private volatile boolean beatDue;

	private volatile boolean ended;

	private long lastId;

	private @Nullable StateView shown;

	StreamClient(MessageStore store, StateReader stateReader, JsonMapper mapper, Executor executor, long lastId,
			Consumer<StreamClient> onEnd) {
		this.store = store;
		this.stateReader = stateReader;
		this.mapper = mapper;
		this.executor = executor;
		this.lastId = lastId;
		this.onEnd = onEnd;
		this.emitter.onCompletion(this::end);
		this.emitter.onTimeout(this::end);
		this.emitter.onError((ex) -> end());
	}

	SseEmitter emitter() {
		return this.emitter;
	}

	void beat() {
		this.beatDue = true;
		wake();
	}

	void wake() {
		if (this.wakings.getAndIncrement() == 0) {
			try {
				this.executor.execute(this::work);
			}
			catch (RejectedExecutionException ex) {
				end();
			}
		}
	}

	void close() {
		this.emitter.complete();
		end();
	}

	private void work() {
		int seen;
		do {
			seen = this.wakings.get();
			sendNews();
		}
		while (this.wakings.addAndGet(-seen) != 0);
	}

	private void sendNews() {
		if (this.ended) {
			return;
		}
		try {
			sendState();
			sendMessages();
			if (this.beatDue) {
				this.beatDue = false;
				this.emitter.send(SseEmitter.event().name("heartbeat").data("{}"));
			}
		}
		catch (IOException | RuntimeException ex) {
			// Whatever the container throws at a caller who has left, the client must not
			// stay.
			logger.debug("Event stream ended", ex);
			end();
			this.emitter.completeWithError(ex);
		}
	}

	private void sendState() throws IOException {
		StateView state = this.stateReader.read();
		if (!state.equals(this.shown)) {
			this.emitter.send(SseEmitter.event()
				.name("state")
				.reconnectTime(RECONNECT_MILLIS)
				.data(this.mapper.writeValueAsString(state)));
			this.shown = state;
		}
	}

	private void sendMessages() throws IOException {
		for (Message message : this.store.after(this.lastId)) {
			this.emitter.send(SseEmitter.event()
				.id(this.stateReader.instance() + ":" + message.id())
				.data(oneLine(this.mapper.writeValueAsString(MessageView.of(message)))));
			this.lastId = message.id();
		}
	}

	// A line break ends a field of the stream. In JSON it can only stand between tokens,
	// where a space does as well.
	private static String oneLine(String json) {
		return json.replace('\n', ' ').replace('\r', ' ');
	}

	private void end() {
		this.ended = true;
		this.onEnd.accept(this);
	}

}
