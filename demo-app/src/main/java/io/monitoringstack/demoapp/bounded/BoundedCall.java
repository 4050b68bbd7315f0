package io.monitoringstack.demoapp.bounded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A call that may hang, for callers that may not. At most one runs at a time, on its own
 * thread; callers who come meanwhile share it, and those who come after its time is up do
 * not wait at all.
 *
 * @param <T> what is returned
 */
public final class BoundedCall<T> {

	private final Callable<T> call;

	private final Duration limit;

	private final ExecutorService executor;

	private @Nullable Flight<T> flight;

	/**
	 * Prepares a call.
	 * @param name name of the thread it runs on
	 * @param limit longest time a caller waits
	 * @param call what to do
	 */
	public BoundedCall(String name, Duration limit, Callable<T> call) {
		this.call = call;
		this.limit = limit;
		ThreadPoolExecutor threads = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, name);
					thread.setDaemon(true);
					return thread;
				});
		threads.allowCoreThreadTimeOut(true);
		this.executor = threads;
	}

	/**
	 * Makes or joins the call.
	 * @return its result
	 * @throws TimeoutException when it takes longer than the limit
	 * @throws ExecutionException when it failed
	 */
	public T get() throws TimeoutException, ExecutionException {
		Flight<T> current = join();
		try {
			long left = this.limit.toNanos() - (System.nanoTime() - current.started());
			return current.task().get(Math.max(0, left), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TimeoutException("Interrupted while waiting");
		}
	}

	private synchronized Flight<T> join() {
		Flight<T> current = this.flight;
		if (current == null || current.task().isDone()) {
			current = new Flight<>(new FutureTask<>(this.call), System.nanoTime());
			this.flight = current;
			this.executor.execute(current.task());
		}
		return current;
	}

	private record Flight<T>(FutureTask<T> task, long started) {

	}

}
