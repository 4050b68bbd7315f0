/**
 * Removes the empty groups that Pushgateway leaves behind when it refuses a first push.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.ghost;

import org.jspecify.annotations.NullMarked;
