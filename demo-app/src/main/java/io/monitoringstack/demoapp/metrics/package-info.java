/**
 * Metrics beside those that Boot provides, and where they are read.
 */
@NullMarked
package io.monitoringstack.demoapp.metrics;

import org.jspecify.annotations.NullMarked;
