/**
 * Knows who is on duty: reads the table, knows the Korean calendar, names whom a message
 * is to mention.
 */
@NullMarked
package io.monitoringstack.doorayadapter.duty;

import org.jspecify.annotations.NullMarked;
