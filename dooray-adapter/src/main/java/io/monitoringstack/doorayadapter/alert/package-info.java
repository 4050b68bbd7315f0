/**
 * What a webhook tells, as plain values: the message, its alerts and its counts.
 */
@NullMarked
package io.monitoringstack.doorayadapter.alert;

import org.jspecify.annotations.NullMarked;
