package io.monitoringstack.pushgatewayproxy.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.monitoringstack.pushgatewayproxy.ghost.GroupStore;
import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Looks for groups in Pushgateway's scrape and deletes them. The scrape is read as a
 * stream, of which only the lines with push times are looked at. An empty group may be
 * what breaks the scrape, when it differs from another only in an empty instance; then
 * the list of all metrics tells, which is longer.
 */
final class PushgatewayGroups implements GroupStore {

	private static final Duration SCRAPE_PATIENCE = Duration.ofSeconds(10);

	/** Long, because nobody may push to the group while a delete could still come. */
	private static final Duration DELETE_PATIENCE = Duration.ofSeconds(30);

	private final HttpClient client;

	private final UpstreamProperties properties;

	private final Counter removed;

	PushgatewayGroups(HttpClient client, UpstreamProperties properties, MeterRegistry registry) {
		this.client = client;
		this.properties = properties;
		this.removed = Counter.builder("pushgateway.proxy.empty.groups.removed")
			.description("Empty groups removed that Pushgateway had made for refused pushes")
			.register(registry);
	}

	@Override
	public Mono<Void> removeIfNeverPushed(GroupingKey key) {
		return isNeverPushed(key).onErrorResume(BrokenScrapeException.class, (ex) -> isNeverPushedInList(key))
			.timeout(SCRAPE_PATIENCE)
			.filter(Boolean::booleanValue)
			.flatMap((empty) -> delete(key).timeout(DELETE_PATIENCE));
	}

	private Mono<Boolean> isNeverPushed(GroupingKey key) {
		PushTimeScan scan = new PushTimeScan(key);
		return this.client.get().uri(this.properties.address("/metrics")).response((response, body) -> {
			if (response.status().code() != 200) {
				return Mono.error(new BrokenScrapeException(response.status().code()));
			}
			return body.doOnNext(scan::read).then(Mono.fromSupplier(scan::foundNeverPushed)).flux();
		}).single();
	}

	private Mono<Boolean> isNeverPushedInList(GroupingKey key) {
		return Mono.defer(() -> {
			boolean[] found = new boolean[1];
			GroupsReader[] reader = new GroupsReader[1];
			reader[0] = new GroupsReader(
					(group, families) -> found[0] |= group.equals(key) && reader[0].pushTime() == 0);
			return this.client.get().uri(this.properties.address("/api/v1/metrics")).response((response, body) -> {
				if (response.status().code() != 200) {
					return Mono
						.error(new IllegalStateException("list of metrics answered " + response.status().code()));
				}
				return body.doOnNext(reader[0]::read).then(Mono.fromSupplier(() -> {
					reader[0].end();
					return found[0];
				})).flux();
			}).single();
		});
	}

	private Mono<Void> delete(GroupingKey key) {
		return this.client.delete()
			.uri(this.properties.address(path(key)))
			.responseSingle((response, body) -> Mono.just(response.status().code()))
			.flatMap((status) -> {
				if (status != 202) {
					return Mono.error(new IllegalStateException("delete answered " + status));
				}
				this.removed.increment();
				return Mono.empty();
			});
	}

	static String path(GroupingKey key) {
		StringBuilder path = new StringBuilder("/metrics/job@base64/").append(base64(key.job()));
		for (Map.Entry<String, String> label : key.labels().entrySet()) {
			if (!"job".equals(label.getKey())) {
				path.append('/').append(label.getKey()).append("@base64/").append(base64(label.getValue()));
			}
		}
		return path.toString();
	}

	private static String base64(String value) {
		return value.isEmpty() ? "="
				: Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The scrape fails, which one group is enough for.
	 */
	private static final class BrokenScrapeException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BrokenScrapeException(int status) {
			super("scrape answered " + status, null, false, false);
		}

	}

}
