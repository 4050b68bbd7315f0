/**
 * Tells a channel at the change of shifts what still fires, what was told most and what
 * is silenced.
 */
@NullMarked
package io.monitoringstack.doorayadapter.digest;

import org.jspecify.annotations.NullMarked;
