package io.monitoringstack.pushgatewayproxy.upstream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.groups.GroupSource;
import io.monitoringstack.pushgatewayproxy.groups.Snapshot;
import io.monitoringstack.pushgatewayproxy.groups.StoredGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Reads which groups Pushgateway has, with their push times, out of its list of all
 * metrics, and deletes single ones.
 */
final class GroupSnapshots implements GroupSource {

	private final HttpClient client;

	private final UpstreamProperties properties;

	GroupSnapshots(HttpClient client, UpstreamProperties properties) {
		this.client = client;
		this.properties = properties;
	}

	@Override
	public Mono<Snapshot> read() {
		return Mono.defer(() -> {
			List<StoredGroup> groups = new ArrayList<>();
			GroupsReader[] reader = new GroupsReader[1];
			reader[0] = new GroupsReader((key, families) -> groups.add(new StoredGroup(key, reader[0].pushTime())));
			return this.client.get().uri(this.properties.address("/api/v1/metrics")).response((response, body) -> {
				if (response.status().code() != 200) {
					return Mono
						.error(new IllegalStateException("/api/v1/metrics answered " + response.status().code()));
				}
				Instant now = date(response.responseHeaders().get("Date"));
				return body.doOnNext(reader[0]::read).then(Mono.fromSupplier(() -> {
					reader[0].end();
					return new Snapshot(now, List.copyOf(groups));
				}));
			}).single();
		}).onErrorMap(UpstreamFailures::asRefusal);
	}

	@Override
	public Mono<Integer> delete(GroupingKey key) {
		return this.client.delete()
			.uri(this.properties.address(PushgatewayGroups.path(key)))
			.responseSingle((response, body) -> Mono.just(response.status().code()))
			.onErrorMap(UpstreamFailures::asRefusal);
	}

	private static Instant date(@Nullable String header) {
		try {
			return (header != null) ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)) : Instant.now();
		}
		catch (DateTimeException ex) {
			return Instant.now();
		}
	}

}
