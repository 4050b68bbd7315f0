package io.monitoringstack.pushgatewayproxy.edge;

import io.monitoringstack.pushgatewayproxy.index.MetricIndex;

/**
 * One run of Pushgateway and what it holds.
 *
 * @param startTime when the run began
 * @param index what it holds
 */
record KnownStore(String startTime, MetricIndex index) {

}
