/**
 * Checks pushes against the index before they go on to a Pushgateway that does not check
 * them, and keeps the index true to what Pushgateway holds.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.edge;

import org.jspecify.annotations.NullMarked;
