package io.monitoringstack.pushgatewayproxy.groups;

import io.monitoringstack.pushgatewayproxy.grouping.GroupingKey;

/**
 * A group that Pushgateway has.
 *
 * @param key the group
 * @param pushTime when the last push to it succeeded by Pushgateway's clock, in seconds
 * since 1970; 0 if none has
 */
public record StoredGroup(GroupingKey key, double pushTime) {

}
