package io.monitoringstack.pushgatewayproxy.edge;

/**
 * Who pushes, where a PUT takes the place of what the same source pushed before and of
 * nothing else.
 *
 * @param source the source, see {@link Owners}
 * @param put whether what the source pushed before goes
 * @param appendable whether families in delimited protobuf may be written behind the body
 */
public record OwnedPush(String source, boolean put, boolean appendable) {

}
