package io.monitoringstack.doorayadapter.trend;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.doorayadapter.alert.Alert;
import io.monitoringstack.doorayadapter.alert.WebhookMessage;
import io.monitoringstack.doorayadapter.delivery.Trends;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Prometheus for the last hour of what an alert measures. A message waits for it 800
 * milliseconds at most; when Prometheus does not answer, it is left alone for a while, so
 * that an outage of it costs one message that time and not each.
 */
final class PrometheusTrends implements Trends {

	private static final Logger logger = LoggerFactory.getLogger(PrometheusTrends.class);

	private static final JsonMapper JSON = new JsonMapper();

	private static final Duration BUDGET = Duration.ofMillis(800);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final int POINTS = 20;

	private static final int MOST_QUERIES = 3;

	private static final int MOST_AT_ONCE = 6;

	private static final int MOST_ALERTS = 15;

	private static final int MOST_BYTES = 512 * 1024;

	private static final Duration LEFT_ALONE = Duration.ofSeconds(30);

	private final URI base;

	private final HttpClient client;

	private final Clock clock;

	private final Counter failures;

	private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

	private final Cache<String, String> drawn = Caffeine.newBuilder()
		.executor(Runnable::run)
		.maximumSize(1000)
		.expireAfterWrite(Duration.ofSeconds(30))
		.build();

	private volatile Instant askAgain = Instant.MIN;

	PrometheusTrends(URI base, HttpClient client, Clock clock, MeterRegistry registry) {
		this.base = base;
		this.client = client;
		this.clock = clock;
		this.failures = registry.counter("dooray.sparkline.failures");
	}

	@Override
	public Map<String, String> of(WebhookMessage message) {
		Map<String, String> lines = new HashMap<>();
		try {
			draw(message, lines);
		}
		catch (RuntimeException ex) {
			failed(ex.getClass().getSimpleName());
		}
		lines.values().removeIf(String::isEmpty);
		return lines;
	}

	private void draw(WebhookMessage message, Map<String, String> lines) {
		Map<String, List<Alert>> wanted = new LinkedHashMap<>();
		message.alerts()
			.stream()
			.filter((alert) -> alert.firing() && !alert.fingerprint().isEmpty())
			.limit(MOST_ALERTS)
			.forEach((alert) -> {
				String known = this.drawn.getIfPresent(alert.fingerprint());
				if (known != null) {
					lines.put(alert.fingerprint(), known);
				}
				else {
					Expression.of(alert.generatorUrl())
						.filter((query) -> wanted.containsKey(query) || wanted.size() < MOST_QUERIES)
						.ifPresent(
								(query) -> wanted.computeIfAbsent(query, (expression) -> new ArrayList<>()).add(alert));
				}
			});
		Instant now = this.clock.instant();
		if (wanted.isEmpty() || now.isBefore(this.askAgain)) {
			return;
		}
		long end = System.nanoTime() + BUDGET.toNanos();
		Map<String, CompletableFuture<HttpResponse<InputStream>>> calls = new LinkedHashMap<>();
		wanted.keySet().forEach((query) -> ask(query, now).ifPresent((call) -> calls.put(query, call)));
		calls.forEach((query, call) -> answer(call, end, now)
			.ifPresent((series) -> wanted.getOrDefault(query, List.of()).forEach((alert) -> {
				String line = Sparkline.of(values(series, alert, now));
				this.drawn.put(alert.fingerprint(), line);
				lines.put(alert.fingerprint(), line);
			})));
	}

	private Optional<CompletableFuture<HttpResponse<InputStream>>> ask(String query, Instant now) {
		if (!this.turns.tryAcquire()) {
			return Optional.empty();
		}
		String form = Map
			.of("query", query, "start", String.valueOf(now.minus(HOUR).getEpochSecond()), "end",
					String.valueOf(now.getEpochSecond()), "step", String.valueOf(step()), "timeout", "800ms")
			.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(this.base.toString().replaceFirst("/+$", "") + "/api/v1/query_range"))
			.timeout(BUDGET)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build();
		CompletableFuture<HttpResponse<InputStream>> call = this.client.sendAsync(request,
				HttpResponse.BodyHandlers.ofInputStream());
		call.whenComplete((answer, failure) -> this.turns.release());
		return Optional.of(call);
	}

	private static long step() {
		return HOUR.toSeconds() / POINTS;
	}

	private Optional<JsonNode> answer(CompletableFuture<HttpResponse<InputStream>> call, long end, Instant now) {
		CompletableFuture<JsonNode> series = call.thenApplyAsync(PrometheusTrends::read);
		try {
			return Optional.of(series.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException ex) {
			this.askAgain = now.plus(LEFT_ALONE);
			failed("no answer in time");
		}
		catch (ExecutionException | CancellationException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			if (cause instanceof IOException) {
				this.askAgain = now.plus(LEFT_ALONE);
			}
			failed(cause.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			call.whenComplete((answer, failure) -> close(answer));
			call.cancel(true);
		}
		return Optional.empty();
	}

	private static JsonNode read(HttpResponse<InputStream> answer) {
		try (InputStream body = answer.body()) {
			byte[] bytes = body.readNBytes(MOST_BYTES + 1);
			if (answer.statusCode() != 200 || bytes.length > MOST_BYTES) {
				throw new IllegalStateException("Not an answer to use");
			}
			return JSON.readTree(bytes).path("data").path("result");
		}
		catch (IOException | JacksonException ex) {
			throw new CompletionException(ex);
		}
	}

	private static void close(HttpResponse<InputStream> answer) {
		try {
			if (answer != null) {
				answer.body().close();
			}
		}
		catch (IOException ex) {
			// Nobody reads it any more.
		}
	}

	// The one series whose labels the alert has too; of several, none is the right one.
	private static double[] values(JsonNode series, Alert alert, Instant now) {
		JsonNode found = null;
		for (JsonNode one : series) {
			boolean fits = one.path("metric")
				.properties()
				.stream()
				.allMatch((label) -> label.getKey().equals("__name__")
						|| label.getValue().asString("").equals(alert.label(label.getKey())));
			if (fits && found != null) {
				return new double[0];
			}
			found = fits ? one : found;
		}
		double[] values = new double[POINTS + 1];
		Arrays.fill(values, Double.NaN);
		if (found != null) {
			long start = now.minus(HOUR).getEpochSecond();
			for (JsonNode pair : found.path("values")) {
				long at = Math.round((pair.path(0).asDouble(0) - start) / step());
				if (at >= 0 && at <= POINTS) {
					values[(int) at] = number(pair.path(1).asString(""));
				}
			}
		}
		return values;
	}

	private static double number(String text) {
		try {
			return Double.parseDouble(text);
		}
		catch (NumberFormatException ex) {
			return Double.NaN;
		}
	}

	private void failed(String why) {
		this.failures.increment();
		logger.debug("No sparkline: {}", why);
	}

}
