package io.monitoringstack.doorayadapter.heartbeat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a watcher by HTTP. Its address may be a secret, so errors lose their texts here.
 */
final class HttpHeartbeatWatcher implements HeartbeatWatcher {

	private static final Logger logger = LoggerFactory.getLogger(HttpHeartbeatWatcher.class);

	private final String name;

	private final HttpClient client;

	private final Supplier<@Nullable URI> address;

	private final BiFunction<URI, Instant, HttpRequest.Builder> request;

	private HttpHeartbeatWatcher(String name, HttpClient client, Supplier<@Nullable URI> address,
			BiFunction<URI, Instant, HttpRequest.Builder> request) {
		this.name = name;
		this.client = client;
		this.address = address;
		this.request = request;
	}

	// Our own watcher, which is told when the rules were evaluated.
	static HttpHeartbeatWatcher own(HttpClient client, @Nullable URI address) {
		return new HttpHeartbeatWatcher("watcher", client, () -> address,
				(url, signal) -> HttpRequest.newBuilder(url)
					.header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{\"signal\":\"%s\"}".formatted(signal))));
	}

	// One outside: a call of its address is the heartbeat. GET, because it is the one
	// method that all such services take.
	static HttpHeartbeatWatcher outside(HttpClient client, Supplier<@Nullable URI> address) {
		return new HttpHeartbeatWatcher("outside", client, address, (url, signal) -> HttpRequest.newBuilder(url).GET());
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean present() {
		return this.address.get() != null;
	}

	@Override
	public boolean tell(Instant signal, Duration limit) throws InterruptedException {
		URI url = this.address.get();
		if (url == null) {
			return false;
		}
		HttpRequest call = this.request.apply(url, signal).header("User-Agent", "dooray-adapter").build();
		CompletableFuture<HttpResponse<Void>> exchange = this.client.sendAsync(call,
				HttpResponse.BodyHandlers.discarding());
		try {
			int status = exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS).statusCode();
			if (status >= 200 && status < 300) {
				return true;
			}
			logger.warn("Heartbeat was not taken: watcher={} status={}", this.name, status);
		}
		catch (TimeoutException ex) {
			logger.warn("Heartbeat was not answered: watcher={} within={}", this.name, limit);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			logger.warn("Heartbeat did not arrive: watcher={} failure={}", this.name, cause.getClass().getSimpleName());
		}
		finally {
			exchange.cancel(true);
		}
		return false;
	}

}
