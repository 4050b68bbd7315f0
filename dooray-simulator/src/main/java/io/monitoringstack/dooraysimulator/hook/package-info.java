/**
 * The incoming hook, as Dooray's callers see it.
 */
@NullMarked
package io.monitoringstack.dooraysimulator.hook;

import org.jspecify.annotations.NullMarked;
