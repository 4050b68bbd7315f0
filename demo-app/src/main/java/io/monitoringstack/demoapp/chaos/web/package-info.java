/**
 * Switches over HTTP, and what they do to API requests.
 */
@NullMarked
package io.monitoringstack.demoapp.chaos.web;

import org.jspecify.annotations.NullMarked;
