/**
 * The few addresses of Pushgateway that may be read through the proxy.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.page;

import org.jspecify.annotations.NullMarked;
