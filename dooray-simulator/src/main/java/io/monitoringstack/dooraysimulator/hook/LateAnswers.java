package io.monitoringstack.dooraysimulator.hook;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.monitoringstack.dooraysimulator.settings.SimulatorProperties;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Answers later, or never. However many requests wait, only one thread is used.
 */
@Component
class LateAnswers implements DisposableBean {

	private static final Duration ABANDONED_CHECK = Duration.ofMillis(250);

	/** Seen by nobody: the connection is gone when it is written. */
	private static final ResponseEntity<Object> NONE = ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();

	private final ScheduledExecutorService scheduler;

	private final Connections connections;

	private final long hangNanos;

	private final Set<Hanging> hanging = ConcurrentHashMap.newKeySet();

	private volatile boolean closing;

	LateAnswers(Connections connections, SimulatorProperties properties) {
		this.connections = connections;
		this.hangNanos = properties.hangTime().toNanos();
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "late-answers");
			thread.setDaemon(true);
			return thread;
		});
		executor.setRemoveOnCancelPolicy(true);
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.scheduler = executor;
		executor.scheduleWithFixedDelay(this::checkHanging, ABANDONED_CHECK.toMillis(), ABANDONED_CHECK.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	DeferredResult<ResponseEntity<Object>> after(int delayMillis, ResponseEntity<Object> answer) {
		// The servlet container's own time limit must not end what was asked for.
		DeferredResult<ResponseEntity<Object>> result = new DeferredResult<>(0L);
		if (delayMillis == 0) {
			result.setResult(answer);
		}
		else {
			this.scheduler.schedule(() -> result.setResult(answer), delayMillis, TimeUnit.MILLISECONDS);
		}
		return result;
	}

	DeferredResult<ResponseEntity<Object>> reset(int delayMillis, HttpServletRequest request) {
		Connection connection = this.connections.of(request);
		DeferredResult<ResponseEntity<Object>> result = new DeferredResult<>(0L);
		this.scheduler.schedule(() -> {
			connection.reset();
			result.setResult(NONE);
		}, delayMillis, TimeUnit.MILLISECONDS);
		return result;
	}

	DeferredResult<ResponseEntity<Object>> never(HttpServletRequest request) {
		Hanging one = new Hanging(this.connections.of(request), new DeferredResult<>(0L),
				System.nanoTime() + this.hangNanos);
		this.hanging.add(one);
		return one.result();
	}

	int hanging() {
		return this.hanging.size();
	}

	private void checkHanging() {
		for (Hanging one : this.hanging) {
			if (this.closing || one.deadlineNanos() - System.nanoTime() <= 0 || one.connection().isAbandoned()) {
				this.hanging.remove(one);
				one.connection().reset();
				one.result().setResult(NONE);
			}
		}
	}

	/**
	 * Lets the web server stop without waiting for those who never get an answer.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.closing = true;
	}

	@Override
	public void destroy() {
		this.scheduler.shutdownNow();
	}

	private record Hanging(Connection connection, DeferredResult<ResponseEntity<Object>> result, long deadlineNanos) {

	}

}
