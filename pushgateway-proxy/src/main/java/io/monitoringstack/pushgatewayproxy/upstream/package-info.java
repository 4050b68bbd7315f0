/**
 * Everything that talks to Pushgateway.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.upstream;

import org.jspecify.annotations.NullMarked;
