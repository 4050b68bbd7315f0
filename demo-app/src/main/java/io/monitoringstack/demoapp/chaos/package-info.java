/**
 * Switches that break the service on purpose, for a bounded time.
 */
@NullMarked
package io.monitoringstack.demoapp.chaos;

import org.jspecify.annotations.NullMarked;
