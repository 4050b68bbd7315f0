package io.monitoringstack.pushgatewayproxy.exposition;

import java.util.List;

import io.monitoringstack.pushgatewayproxy.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a checked push holds.
 *
 * @param series number of series it adds to the scrape
 * @param families its families, if the rules ask for them
 * @param failureTimeFault what contradicts itself in a family named
 * push_failure_time_seconds. Pushgateway takes notice of that family only in a group that
 * exists already
 */
public record PushContent(int series, List<PushedFamily> families, @Nullable Refusal failureTimeFault) {

}
