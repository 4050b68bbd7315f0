/**
 * The last hour of what an alert is about, drawn in one line from Prometheus' samples.
 */
@NullMarked
package io.monitoringstack.doorayadapter.trend;

import org.jspecify.annotations.NullMarked;
