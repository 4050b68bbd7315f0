package io.monitoringstack.pushgatewayproxy.exposition;

/**
 * A family of a checked push.
 *
 * @param name its name
 * @param type number of its type in the protobuf format
 * @param series for each series the sum of its labels ({@link SeriesHash#label}), without
 * those that the path decides; each is there once
 */
public record PushedFamily(String name, int type, long[] series) {

}
