/**
 * Stands in for Dooray and shows what it received.
 */
@NullMarked
package io.monitoringstack.dooraysimulator;

import org.jspecify.annotations.NullMarked;
