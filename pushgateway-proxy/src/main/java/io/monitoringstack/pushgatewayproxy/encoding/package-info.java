/**
 * Undoes Content-Encoding for inspection, with a hard cap on what comes out.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.encoding;

import org.jspecify.annotations.NullMarked;
