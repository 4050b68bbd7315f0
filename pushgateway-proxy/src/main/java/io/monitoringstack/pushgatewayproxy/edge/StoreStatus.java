package io.monitoringstack.pushgatewayproxy.edge;

/**
 * What a Pushgateway says about itself.
 *
 * @param startTime when it was started, in its own spelling; tells one run from another
 * @param checks whether it checks pushes itself
 */
public record StoreStatus(String startTime, boolean checks) {

}
