/**
 * How the simulator answers at present, and how a person changes it; no I/O.
 */
@NullMarked
package io.monitoringstack.dooraysimulator.behaviour;

import org.jspecify.annotations.NullMarked;
