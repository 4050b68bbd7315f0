/**
 * What the switches do to the processor, the heap and the database.
 */
@NullMarked
package io.monitoringstack.demoapp.chaos.effect;

import org.jspecify.annotations.NullMarked;
