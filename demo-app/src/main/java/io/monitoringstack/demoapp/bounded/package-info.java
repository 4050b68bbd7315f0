/**
 * Calls that must not hold up their caller.
 */
@NullMarked
package io.monitoringstack.demoapp.bounded;

import org.jspecify.annotations.NullMarked;
