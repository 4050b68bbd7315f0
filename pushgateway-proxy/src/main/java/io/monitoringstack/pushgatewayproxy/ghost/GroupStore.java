package io.monitoringstack.pushgatewayproxy.ghost;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import reactor.core.publisher.Mono;

/**
 * The groups in Pushgateway, as far as cleaning up needs them.
 */
public interface GroupStore {

	/**
	 * Removes a group if no push to it has ever succeeded. Nothing else may write to the
	 * group meanwhile.
	 * @param key the group
	 * @return completes when it is gone, or was found to be in use; fails if neither
	 * could be made out
	 */
	Mono<Void> removeIfNeverPushed(GroupingKey key);

}
