/**
 * Reads the path of a push into the group it addresses.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.grouping;

import org.jspecify.annotations.NullMarked;
