package io.monitoringstack.pushgatewayproxy.groups;

import java.util.function.BooleanSupplier;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import reactor.core.publisher.Mono;

/**
 * Removes groups so that no push gets lost that is under way.
 */
public interface GroupRemover {

	/**
	 * Removes a group because somebody says so.
	 * @param key the group
	 * @return completes when Pushgateway has accepted that
	 */
	Mono<Void> remove(GroupingKey key);

	/**
	 * Removes a group unless it is in use. Pushes wait meanwhile.
	 * @param key the group
	 * @param still whether it is to go, asked when nothing is under way to it
	 * @return whether it was removed
	 */
	Mono<Boolean> removeIfIdle(GroupingKey key, BooleanSupplier still);

}
