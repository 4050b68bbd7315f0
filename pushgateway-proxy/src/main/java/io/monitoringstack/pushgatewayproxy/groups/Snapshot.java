package io.monitoringstack.pushgatewayproxy.groups;

import java.time.Instant;
import java.util.List;

/**
 * The groups that Pushgateway has at one moment.
 *
 * @param now that moment by Pushgateway's clock, so that ages need no equal clocks
 * @param groups the groups
 */
public record Snapshot(Instant now, List<StoredGroup> groups) {

}
