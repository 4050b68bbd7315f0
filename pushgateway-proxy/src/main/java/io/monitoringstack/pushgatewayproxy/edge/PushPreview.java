package io.monitoringstack.pushgatewayproxy.edge;

import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.index.Preview;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells what a push would do, without doing it.
 */
public interface PushPreview {

	/**
	 * Compares a push with what Pushgateway holds.
	 * @param push what it would change
	 * @param owned who pushes, where a PUT takes the place of what its source pushed
	 * @return what would come of it; fails if that cannot be told
	 */
	Mono<Preview> preview(GroupPush push, @Nullable OwnedPush owned);

}
