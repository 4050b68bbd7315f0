/**
 * Tests of what is configured, without a running stack: the files against the real tools,
 * against each other and against our own rules.
 */
@NullMarked
package io.monitoringstack.stacktests.config;

import org.jspecify.annotations.NullMarked;
