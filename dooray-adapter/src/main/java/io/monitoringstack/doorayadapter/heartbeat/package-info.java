/**
 * Passes the sign of life that Prometheus sends through Alertmanager on to those who
 * watch for it from outside of that way.
 */
@NullMarked
package io.monitoringstack.doorayadapter.heartbeat;

import org.jspecify.annotations.NullMarked;
