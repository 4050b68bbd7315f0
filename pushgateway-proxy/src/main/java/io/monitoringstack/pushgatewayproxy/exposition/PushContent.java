package io.monitoringstack.pushgatewayproxy.exposition;

/**
 * What a checked push holds.
 *
 * @param series number of series it adds to the scrape
 */
public record PushContent(int series) {

}
