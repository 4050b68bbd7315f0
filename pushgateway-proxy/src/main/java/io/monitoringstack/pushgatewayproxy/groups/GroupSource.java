package io.monitoringstack.pushgatewayproxy.groups;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import reactor.core.publisher.Mono;

/**
 * Pushgateway, as far as its groups are concerned.
 */
public interface GroupSource {

	/**
	 * Reads which groups there are.
	 * @return the groups
	 */
	Mono<Snapshot> read();

	/**
	 * Deletes a group. What is under way to it is the caller's concern.
	 * @param key the group
	 * @return status of the answer
	 */
	Mono<Integer> delete(GroupingKey key);

}
