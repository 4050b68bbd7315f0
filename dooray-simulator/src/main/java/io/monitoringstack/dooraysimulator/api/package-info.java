/**
 * The HTTP interface for people, tests and the page.
 */
@NullMarked
package io.monitoringstack.dooraysimulator.api;

import org.jspecify.annotations.NullMarked;
