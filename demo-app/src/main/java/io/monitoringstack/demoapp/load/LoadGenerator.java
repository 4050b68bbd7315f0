package io.monitoringstack.demoapp.load;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.demoapp.local.LocalAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException.NotFound;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Sends the visitor's requests at a steady rate. At most {@value #AT_ONCE} are under way;
 * when the service is slower than that allows, requests are left out, not queued.
 */
@Component
final class LoadGenerator implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(LoadGenerator.class);

	private static final int AT_ONCE = 16;

	private final LoadProperties properties;

	private final LocalAddress self;

	private final MeterRegistry meters;

	private final LoadPlan plan;

	private @Nullable ScheduledExecutorService clock;

	private @Nullable ThreadPoolExecutor workers;

	LoadGenerator(LoadProperties properties, LocalAddress self, MeterRegistry meters) {
		this.properties = properties;
		this.self = self;
		this.meters = meters;
		this.plan = new LoadPlan(properties.maxMemos(), ThreadLocalRandom.current());
	}

	@EventListener(ApplicationReadyEvent.class)
	void start() {
		if (this.properties.rate() <= 0) {
			return;
		}
		Visitor visitor = new Visitor(this.self.url());
		ThreadPoolExecutor workers = new ThreadPoolExecutor(0, AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(),
				threads("load-"));
		ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1, threads("load-clock-"));
		long period = (long) (TimeUnit.SECONDS.toNanos(1) / this.properties.rate());
		this.workers = workers;
		this.clock = clock;
		workers.execute(() -> adopt(visitor));
		clock.scheduleAtFixedRate(() -> submit(workers, visitor), period, period, TimeUnit.NANOSECONDS);
		logger.atInfo().addKeyValue("rate", this.properties.rate()).log("Built-in load switched on");
	}

	// What an earlier run of this service left in the database is looked after again.
	private void adopt(Visitor visitor) {
		try {
			visitor.written()
				.stream()
				.filter((memo) -> memo.title().startsWith(Visitor.PREFIX))
				.forEach((memo) -> this.plan.wrote(memo.id()));
		}
		catch (RestClientException ex) {
			logger.debug("Could not look for memos of an earlier run", ex);
		}
	}

	private void submit(ThreadPoolExecutor workers, Visitor visitor) {
		try {
			workers.execute(() -> count(outcome(visitor)));
		}
		catch (RejectedExecutionException ex) {
			count("skipped");
		}
	}

	private String outcome(Visitor visitor) {
		LoadPlan.Step step = this.plan.next();
		try {
			perform(visitor, step);
			return "success";
		}
		catch (NotFound ex) {
			this.plan.forget(step.id());
			return "not_found";
		}
		catch (RestClientResponseException ex) {
			keep(step);
			return "error";
		}
		catch (RestClientException ex) {
			keep(step);
			return "no_answer";
		}
	}

	// A memo that could not be deleted is still there and still ours.
	private void keep(LoadPlan.Step step) {
		if (step.action() == LoadPlan.Action.DELETE) {
			this.plan.wrote(step.id());
		}
	}

	private void perform(Visitor visitor, LoadPlan.Step step) {
		switch (step.action()) {
			case LIST -> visitor.list();
			case READ, MISS -> visitor.read(step.id());
			case SUMMARIZE -> visitor.summarize(step.id());
			case CREATE -> this.plan.wrote(visitor.create());
			case UPDATE -> visitor.update(step.id());
			case DELETE -> visitor.delete(step.id());
		}
	}

	private void count(String outcome) {
		Counter.builder("demo.load.requests")
			.description("Requests of the built-in load")
			.tag("outcome", outcome)
			.register(this.meters)
			.increment();
	}

	private static ThreadFactory threads(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	@Override
	public void destroy() {
		if (this.clock != null) {
			this.clock.shutdownNow();
		}
		if (this.workers != null) {
			this.workers.shutdownNow();
		}
	}

}
