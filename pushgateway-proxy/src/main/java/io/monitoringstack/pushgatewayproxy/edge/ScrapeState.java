package io.monitoringstack.pushgatewayproxy.edge;

import java.util.Map;

/**
 * What became of a scrape of Pushgateway.
 *
 * @param healthy whether it succeeded
 * @param ownFamilies types of the families that are Pushgateway's own, if it succeeded
 * and they were asked for
 * @param failure what Pushgateway said if it did not succeed, shortened
 */
public record ScrapeState(boolean healthy, Map<String, Integer> ownFamilies, String failure) {

}
