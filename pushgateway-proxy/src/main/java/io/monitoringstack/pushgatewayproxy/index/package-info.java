/**
 * What Pushgateway holds, as far as it decides whether a push contradicts it: the core of
 * the edge check, without input and output.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.index;

import org.jspecify.annotations.NullMarked;
