package io.monitoringstack.doorayadapter.digest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.monitoringstack.doorayadapter.alert.Severity;
import io.monitoringstack.doorayadapter.alert.Target;
import io.monitoringstack.doorayadapter.message.DigestFacts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks Alertmanager (API version 2) what fires and what is silenced. Its address may hold
 * a password, so errors lose their texts here.
 */
final class AlertmanagerApi {

	private static final Logger logger = LoggerFactory.getLogger(AlertmanagerApi.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** Some ten thousand alerts. */
	private static final int MOST_BYTES = 16 * 1024 * 1024;

	/** The sign of life is no alert: it fires always. */
	private static final String HEARTBEAT = "heartbeat";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final HttpClient client;

	private final @Nullable URI base;

	AlertmanagerApi(HttpClient client, @Nullable URI base) {
		this.client = client;
		this.base = base;
	}

	/**
	 * Asks.
	 * @return what fires and what is silenced, nothing when Alertmanager does not answer
	 */
	Optional<State> state() {
		URI address = this.base;
		if (address == null) {
			return Optional.empty();
		}
		Optional<ApiAlert[]> alerts = get(address.resolve("api/v2/alerts?inhibited=false"), ApiAlert[].class);
		Optional<ApiSilence[]> silences = alerts.isPresent()
				? get(address.resolve("api/v2/silences"), ApiSilence[].class) : Optional.empty();
		if (alerts.isEmpty() || silences.isEmpty()) {
			return Optional.empty();
		}
		List<ApiAlert> real = List.of(alerts.get()).stream().filter((alert) -> !alert.heartbeat()).toList();
		return Optional.of(new State(real.stream().filter((alert) -> alert.in("active")).map(ApiAlert::firing).toList(),
				List.of(silences.get())
					.stream()
					.filter((silence) -> silence.status() != null && "active".equals(silence.status().state()))
					.map((silence) -> silence.fact(real))
					.toList()));
	}

	private <T> Optional<T> get(URI url, Class<T> type) {
		HttpRequest request = HttpRequest.newBuilder(url).header("User-Agent", "dooray-adapter").build();
		CompletableFuture<HttpResponse<InputStream>> exchange = this.client.sendAsync(request,
				HttpResponse.BodyHandlers.ofInputStream());
		try {
			HttpResponse<InputStream> response = exchange.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
			try (InputStream body = response.body()) {
				byte[] bytes = (response.statusCode() == 200) ? body.readNBytes(MOST_BYTES) : new byte[0];
				if (response.statusCode() == 200) {
					return Optional.ofNullable(JSON.readValue(bytes, type));
				}
				logger.warn("Alertmanager does not tell what fires: status={}", response.statusCode());
			}
		}
		catch (TimeoutException ex) {
			logger.warn("Alertmanager did not answer within {}", PATIENCE);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			logger.warn("Alertmanager cannot be reached: failure={}", cause.getClass().getSimpleName());
		}
		catch (IOException | JacksonException ex) {
			logger.warn("Alertmanager's answer cannot be read: failure={}", ex.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			exchange.cancel(true);
		}
		return Optional.empty();
	}

	private static @Nullable Instant time(@Nullable String text) {
		try {
			return (text != null) ? OffsetDateTime.parse(text).toInstant() : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * What Alertmanager knows.
	 *
	 * @param firing what fires and is not silenced
	 * @param silences what is silenced
	 */
	record State(List<DigestFacts.Firing> firing, List<DigestFacts.Silence> silences) {

	}

	/**
	 * An alert of the API. Components carry the names of the wire.
	 *
	 * @param labels its labels
	 * @param startsAt since when it fires
	 * @param receivers who is told
	 * @param status what is done about it
	 */
	record ApiAlert(@Nullable Map<String, String> labels, @Nullable String startsAt,
			@Nullable List<ApiReceiver> receivers, @Nullable ApiStatus status) {

		private boolean heartbeat() {
			return this.receivers != null && !this.receivers.isEmpty()
					&& this.receivers.stream().allMatch((receiver) -> HEARTBEAT.equals(receiver.name()));
		}

		private boolean in(String state) {
			return this.status != null && state.equals(this.status.state());
		}

		private boolean silencedBy(@Nullable String id) {
			return this.status != null && this.status.silencedBy() != null && this.status.silencedBy().contains(id);
		}

		private DigestFacts.Firing firing() {
			Map<String, String> all = (this.labels != null) ? this.labels : Map.of();
			Target target = Target.of(all);
			return new DigestFacts.Firing(Severity.of(all.getOrDefault("severity", "")),
					all.getOrDefault("alertname", ""), (target != null) ? target.shortName() : "", time(this.startsAt));
		}

	}

	/**
	 * Who is told.
	 *
	 * @param name its name
	 */
	record ApiReceiver(@Nullable String name) {

	}

	/**
	 * State of an alert or a silence.
	 *
	 * @param state <code>active</code> or another
	 * @param silencedBy silences of an alert
	 */
	record ApiStatus(@Nullable String state, @Nullable List<String> silencedBy) {

	}

	/**
	 * A silence of the API.
	 *
	 * @param id its name
	 * @param createdBy who made it
	 * @param comment why
	 * @param endsAt until when
	 * @param matchers what it silences
	 * @param status whether it is in force
	 */
	record ApiSilence(@Nullable String id, @Nullable String createdBy, @Nullable String comment,
			@Nullable String endsAt, @Nullable List<ApiMatcher> matchers, @Nullable ApiStatus status) {

		private DigestFacts.Silence fact(List<ApiAlert> alerts) {
			String what = (this.matchers != null)
					? this.matchers.stream().map(ApiMatcher::text).collect(Collectors.joining(", ")) : "";
			return new DigestFacts.Silence(what, Objects.requireNonNullElse(this.createdBy, ""),
					Objects.requireNonNullElse(this.comment, ""), time(this.endsAt),
					(int) alerts.stream().filter((alert) -> alert.silencedBy(this.id)).count());
		}

	}

	/**
	 * One condition of a silence.
	 *
	 * @param name label
	 * @param value its value
	 * @param isRegex whether the value is a regular expression
	 * @param isEqual whether it has to fit; absent means so
	 */
	record ApiMatcher(@Nullable String name, @Nullable String value, boolean isRegex, @Nullable Boolean isEqual) {

		private String text() {
			boolean equal = this.isEqual == null || this.isEqual;
			String operator = equal ? (this.isRegex ? "=~" : "=") : (this.isRegex ? "!~" : "!=");
			return this.name + operator + this.value;
		}

	}

}
