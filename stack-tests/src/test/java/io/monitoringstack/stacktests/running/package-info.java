/**
 * Tests of a started stack, as its users and their programs meet it.
 */
@NullMarked
package io.monitoringstack.stacktests.running;

import org.jspecify.annotations.NullMarked;
