/**
 * The watcher, a mode of its own (profile {@code watcher}): speaks in a channel when
 * heartbeats stop, and knows nothing of Alertmanager.
 */
@NullMarked
package io.monitoringstack.doorayadapter.watcher;

import org.jspecify.annotations.NullMarked;
