/**
 * Limits of size, series and rate by job.
 */
@NullMarked
package io.monitoringstack.pushgatewayproxy.limits;

import org.jspecify.annotations.NullMarked;
