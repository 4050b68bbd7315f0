/**
 * What the proxy itself answers instead of passing a request on: status, closed reason
 * and a sentence.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.refusal;

import org.jspecify.annotations.NullMarked;
