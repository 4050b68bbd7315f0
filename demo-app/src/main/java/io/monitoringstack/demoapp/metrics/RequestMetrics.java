package io.monitoringstack.demoapp.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * {@code http_requests_total} and {@code http_request_duration_seconds} by method, route
 * and status code. It hears the same start and stop as {@code http_server_requests}, so
 * the two agree.
 */
@Component
final class RequestMetrics implements ObservationHandler<ServerRequestObservationContext> {

	private static final Duration[] BUCKETS = Arrays
		.stream(new long[] { 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000 })
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private static final Set<String> METHODS = Arrays.stream(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toUnmodifiableSet());

	private final Meter.MeterProvider<Counter> requests;

	private final Meter.MeterProvider<Timer> durations;

	RequestMetrics(MeterRegistry meters) {
		this.requests = Counter.builder("http.requests")
			.description("HTTP requests of visitors, without probes, scrapes and chaos switches")
			.withRegistry(meters);
		this.durations = Timer.builder("http.request.duration")
			.description("Time to answer HTTP requests of visitors, without probes, scrapes and chaos switches")
			.serviceLevelObjectives(BUCKETS)
			.withRegistry(meters);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServerRequestObservationContext;
	}

	@Override
	public void onStart(ServerRequestObservationContext context) {
		context.put(Started.class, new Started(System.nanoTime()));
	}

	@Override
	public void onStop(ServerRequestObservationContext context) {
		Started started = context.get(Started.class);
		if (started == null || context.getCarrier() == null || context.getResponse() == null) {
			return;
		}
		Duration took = Duration.ofNanos(System.nanoTime() - started.nanos());
		String method = context.getCarrier().getMethod();
		int status = context.getResponse().getStatus();
		Route.of(context.getPathPattern(), status).ifPresent((route) -> {
			Tags tags = Tags.of("method", METHODS.contains(method) ? method : "OTHER", "route", route, "status_code",
					Integer.toString(status));
			this.requests.withTags(tags).increment();
			this.durations.withTags(tags).record(took);
		});
	}

	private record Started(long nanos) {

	}

}
