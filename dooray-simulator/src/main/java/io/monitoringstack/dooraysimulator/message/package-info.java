/**
 * What was received and what became of it; no I/O.
 */
@NullMarked
package io.monitoringstack.dooraysimulator.message;

import org.jspecify.annotations.NullMarked;
