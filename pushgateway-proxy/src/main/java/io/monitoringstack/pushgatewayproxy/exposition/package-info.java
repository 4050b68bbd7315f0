/**
 * Checks the body of a push the way Pushgateway will read it, and explains what is wrong
 * with it.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.exposition;

import org.jspecify.annotations.NullMarked;
