package io.monitoringstack.pushgatewayproxy.push;

import io.monitoringstack.pushgatewayproxy.encoding.DecodedBody;
import io.monitoringstack.pushgatewayproxy.index.GroupPush;
import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What became of looking into a body.
 *
 * @param body the body as it goes on
 * @param translation what became of a body in a format that Pushgateway cannot read
 * @param push what it changes, if pushes are checked here
 * @param refusal what Pushgateway would have found only when storing it, if pushes are
 * checked here
 */
record Inspection(DecodedBody body, @Nullable Translation translation, @Nullable GroupPush push,
		@Nullable Refusal refusal) {

}
