/**
 * Turns Alertmanager webhook messages into messages in Dooray channels.
 */
@NullMarked
package io.monitoringstack.doorayadapter;

import org.jspecify.annotations.NullMarked;
