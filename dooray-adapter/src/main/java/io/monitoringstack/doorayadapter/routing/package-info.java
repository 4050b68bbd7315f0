/**
 * Chooses the channel of a webhook message. Pure.
 */
@NullMarked
package io.monitoringstack.doorayadapter.routing;

import org.jspecify.annotations.NullMarked;
