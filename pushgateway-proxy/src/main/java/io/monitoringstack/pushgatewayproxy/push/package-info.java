/**
 * The way of a push through the proxy.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.push;

import org.jspecify.annotations.NullMarked;
