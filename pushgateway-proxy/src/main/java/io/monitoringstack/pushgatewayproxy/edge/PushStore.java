package io.monitoringstack.pushgatewayproxy.edge;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;
import io.monitoringstack.pushgatewayproxy.index.HeldFamily;
import reactor.core.publisher.Mono;

/**
 * Pushgateway, as the edge check sees it.
 */
public interface PushStore {

	/**
	 * Sends a request over a connection of which it is known that it leads to the run of
	 * Pushgateway that the caller knows.
	 * @param request what to send
	 * @param startTime when that run began
	 * @return the answer; fails with a {@link StoreFailure}
	 */
	Mono<StoreAnswer> send(StoreRequest request, String startTime);

	/**
	 * Notes in a group that a push to it failed, with a push that Pushgateway itself
	 * refuses to store.
	 * @param key a group that exists
	 * @param startTime when the run of Pushgateway began
	 * @return the answer; fails with a {@link StoreFailure}
	 */
	Mono<StoreAnswer> sendFailure(GroupingKey key, String startTime);

	/**
	 * Deletes a group.
	 * @param key the group
	 * @param startTime when the run of Pushgateway began
	 * @return the answer; fails with a {@link StoreFailure}
	 */
	Mono<StoreAnswer> sendDelete(GroupingKey key, String startTime);

	/**
	 * Asks which run of Pushgateway answers.
	 * @return its status
	 */
	Mono<StoreStatus> status();

	/**
	 * Waits until everything that Pushgateway has accepted so far is stored.
	 * @return completes when it is
	 */
	Mono<Void> drain();

	/**
	 * Reads all groups.
	 * @param group told each group and what it holds, one after the other
	 * @return completes behind the last
	 */
	Mono<Void> readGroups(BiConsumer<GroupingKey, List<HeldFamily>> group);

	/**
	 * Reads when each group was pushed to last.
	 * @return seconds since 1970 by group, 0 where no push has succeeded
	 */
	Mono<Map<GroupingKey, Double>> readPushTimes();

	/**
	 * Scrapes Pushgateway.
	 * @param whole whether to read on behind the status
	 * @return what came
	 */
	Mono<ScrapeState> scrape(boolean whole);

	/**
	 * Whose the Authorization header of a push is.
	 */
	@FunctionalInterface
	interface Authorization {

		/**
		 * Whether it is for the proxy, so that it does not go on.
		 * @return whether it is ours at this moment
		 */
		boolean isOurs();

	}

}
