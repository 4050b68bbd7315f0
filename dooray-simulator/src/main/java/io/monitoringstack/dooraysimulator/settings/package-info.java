/**
 * Settings, and the core put together from them.
 */
@NullMarked
package io.monitoringstack.dooraysimulator.settings;

import org.jspecify.annotations.NullMarked;
